#include "HammingKernels.h"
