#include "HammingKernels.h"
#include "Levels.h"

// Distance planes of weight 16 … 256.
#define MAXIMUM_DEPTH 5

#define PARITY(a, b, c) ((a) ^ (b) ^ (c))
#define MAJORITY(a, b, c) (((a) & (b)) | (((a) ^ (b)) & (c)))
#define HOLDS_ANY(mask) ((mask) != 0)
#define COUNT_INTO(sum, mask) sum += (uint64_t)__builtin_popcountll(mask)
#define SUM_EIGHT(sum, counts)                                                                     \
  for (ptrdiff_t i = 0; i < 8; i++)                                                                \
  sum[i] = counts[i]
#define BLOCKS_AT_ONCE PTRDIFF_MAX
#define VECTOR uint64_t
#define UNALIGNED_VECTOR uint64_t
#define LANES 1

#define LEVEL scalar
#include "PlaneHistogramBody.h"
#undef LEVEL

#if defined(__x86_64__)
#include <immintrin.h>

#define LEVEL popcnt
#include "PlaneHistogramBody.h"
#undef LEVEL

#undef HOLDS_ANY
#undef COUNT_INTO
#undef SUM_EIGHT
#undef BLOCKS_AT_ONCE
#undef VECTOR
#undef UNALIGNED_VECTOR
#undef LANES
typedef uint64_t bits256 __attribute__((vector_size(32)));
typedef uint64_t bits512 __attribute__((vector_size(64)));
// Swift's arrays are aligned to 16 bytes, whatever their elements ask for.
typedef bits256 unaligned_bits256 __attribute__((aligned(8)));
typedef bits512 unaligned_bits512 __attribute__((aligned(8)));

// Bits set in each byte, added to the bytes of `sum`: half a byte at a time by a table.
__attribute__((target("avx2"), always_inline)) static inline bits256 add_byte_counts(bits256 sum,
                                                                                     bits256 mask) {
  const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2,
                                         1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i low = _mm256_set1_epi8(15);
  __m256i bytes = (__m256i)mask;
  __m256i lower = _mm256_shuffle_epi8(table, _mm256_and_si256(bytes, low));
  __m256i upper = _mm256_shuffle_epi8(table, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), low));
  return (bits256)_mm256_add_epi8((__m256i)sum, _mm256_add_epi8(lower, upper));
}

__attribute__((target("avx2"), always_inline)) static inline uint64_t sum_of_bytes(bits256 bytes) {
  return __builtin_reduce_add((bits256)_mm256_sad_epu8((__m256i)bytes, _mm256_setzero_si256()));
}

#define HOLDS_ANY(mask) (!_mm256_testz_si256((__m256i)(mask), (__m256i)(mask)))
#define COUNT_INTO(sum, mask) sum = add_byte_counts(sum, mask)
#define SUM_EIGHT(sum, counts)                                                                     \
  for (ptrdiff_t i = 0; i < 8; i++)                                                                \
  sum[i] = sum_of_bytes(counts[i])
// A byte takes 16 more with each block.
#define BLOCKS_AT_ONCE 15
#define VECTOR bits256
#define UNALIGNED_VECTOR unaligned_bits256
#define LANES 4
#define LEVEL avx2
#include "PlaneHistogramBody.h"
#undef PARITY
#undef MAJORITY
#undef HOLDS_ANY
#undef COUNT_INTO
#undef SUM_EIGHT
#undef BLOCKS_AT_ONCE
#undef VECTOR
#undef UNALIGNED_VECTOR
#undef LANES
#undef LEVEL

// Sums of the lanes of eight vectors, which fold into one another instead of one by one.
__attribute__((target("avx512f"), always_inline)) static inline void
sum_eight(uint64_t sums[8], const bits512 *vectors) {
  __m512i fold[4];
  for (int i = 0; i < 4; i++) {
    __m512i a = (__m512i)vectors[2 * i], b = (__m512i)vectors[2 * i + 1];
    fold[i] = _mm512_add_epi64(_mm512_unpacklo_epi64(a, b), _mm512_unpackhi_epi64(a, b));
  }
#define FOLD(a, b)                                                                                 \
  _mm512_add_epi64(_mm512_shuffle_i64x2(a, b, 0x88), _mm512_shuffle_i64x2(a, b, 0xdd))
  _mm512_storeu_si512(sums, FOLD(FOLD(fold[0], fold[1]), FOLD(fold[2], fold[3])));
#undef FOLD
}

#define TERNARY(a, b, c, truth)                                                                    \
  ((bits512)_mm512_ternarylogic_epi64((__m512i)(a), (__m512i)(b), (__m512i)(c), truth))
#define PARITY(a, b, c) TERNARY(a, b, c, 0x96)
#define MAJORITY(a, b, c) TERNARY(a, b, c, 0xe8)
#define HOLDS_ANY(mask) (_mm512_test_epi64_mask((__m512i)(mask), (__m512i)(mask)) != 0)
#define COUNT_INTO(sum, mask) sum += (bits512)_mm512_popcnt_epi64((__m512i)(mask))
#define SUM_EIGHT(sum, counts) sum_eight(sum, counts)
#define BLOCKS_AT_ONCE PTRDIFF_MAX
#define VECTOR bits512
#define UNALIGNED_VECTOR unaligned_bits512
#define LANES 8
#define LEVEL avx512
#include "PlaneHistogramBody.h"

#endif
