#include "HammingKernels.h"
#include "Levels.h"

// Distance planes of weight 16 … 256.
#define MAXIMUM_DEPTH 5

#define HOLDS_ANY(mask) ((mask) != 0)
#define SUM(counts) (counts)
#define VECTOR uint64_t
#define UNALIGNED_VECTOR uint64_t
#define LANES 1

#define LEVEL scalar
#include "PlaneHistogramBody.h"
#undef LEVEL

#if defined(__x86_64__)

#define LEVEL popcnt
#include "PlaneHistogramBody.h"
#undef LEVEL

#undef HOLDS_ANY
#undef SUM
#undef VECTOR
#undef UNALIGNED_VECTOR
#undef LANES
#define HOLDS_ANY(mask) (__builtin_reduce_or(mask) != 0)
#define SUM(counts) __builtin_reduce_add(counts)

typedef uint64_t bits256 __attribute__((vector_size(32)));
typedef uint64_t bits512 __attribute__((vector_size(64)));
// Swift's arrays are aligned to 16 bytes, whatever their elements ask for.
typedef bits256 unaligned_bits256 __attribute__((aligned(8)));
typedef bits512 unaligned_bits512 __attribute__((aligned(8)));

#define VECTOR bits256
#define UNALIGNED_VECTOR unaligned_bits256
#define LANES 4
#define LEVEL avx2
#include "PlaneHistogramBody.h"
#undef VECTOR
#undef UNALIGNED_VECTOR
#undef LANES
#undef LEVEL

#define VECTOR bits512
#define UNALIGNED_VECTOR unaligned_bits512
#define LANES 8
#define LEVEL avx512
#include "PlaneHistogramBody.h"

#endif
