#include "ElementwiseKernels.h"
