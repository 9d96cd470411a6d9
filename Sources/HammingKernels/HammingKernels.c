#include "HammingKernels.h"
#include "Levels.h"

// One body, several instruction sets: each level below instantiates the bodies in functions that
// differ only in their target attribute, and the compiler vectorises each for its level. The
// levels are ordinary functions rather than clones behind one symbol, so that tests call each.

#define BODY static inline __attribute__((always_inline))

BODY void distances_of_width(const uint64_t *restrict query, const uint64_t *restrict codes,
                             ptrdiff_t count, ptrdiff_t words, uint32_t *restrict distances) {
  for (ptrdiff_t item = 0; item < count; item++) {
    uint64_t distance = 0;
    for (ptrdiff_t word = 0; word < words; word++)
      distance += (uint64_t)__builtin_popcountll(codes[item * words + word] ^ query[word]);
    distances[item] = (uint32_t)distance;
  }
}

BODY void relevance_of_width(const uint64_t *restrict query, const uint64_t *restrict labels,
                             ptrdiff_t count, ptrdiff_t words, uint8_t *restrict relevance) {
  for (ptrdiff_t item = 0; item < count; item++) {
    uint64_t shared = 0;
    for (ptrdiff_t word = 0; word < words; word++)
      shared |= labels[item * words + word] & query[word];
    relevance[item] = shared != 0;
  }
}

BODY void shared_labels_of_width(const uint64_t *restrict query, const uint64_t *restrict labels,
                                 ptrdiff_t count, ptrdiff_t words, uint32_t *restrict shared) {
  for (ptrdiff_t item = 0; item < count; item++) {
    uint64_t sum = 0;
    for (ptrdiff_t word = 0; word < words; word++)
      sum += (uint64_t)__builtin_popcountll(labels[item * words + word] & query[word]);
    shared[item] = (uint32_t)sum;
  }
}

// A width known at compile time lets the compiler vectorise over items.
#define WITH_CONSTANT_WIDTH(function, query, rows, count, words, output)                           \
  switch (words) {                                                                                 \
  case 1:                                                                                          \
    function(query, rows, count, 1, output);                                                       \
    break;                                                                                         \
  case 2:                                                                                          \
    function(query, rows, count, 2, output);                                                       \
    break;                                                                                         \
  case 3:                                                                                          \
    function(query, rows, count, 3, output);                                                       \
    break;                                                                                         \
  case 4:                                                                                          \
    function(query, rows, count, 4, output);                                                       \
    break;                                                                                         \
  default:                                                                                         \
    function(query, rows, count, words, output);                                                   \
  }

#define LEVEL(name)                                                                                \
  TARGET_##name static void distances_##name(const uint64_t *query, const uint64_t *codes,         \
                                             ptrdiff_t count, ptrdiff_t words,                     \
                                             uint32_t *distances) {                                \
    WITH_CONSTANT_WIDTH(distances_of_width, query, codes, count, words, distances);                \
  }                                                                                                \
  TARGET_##name static void relevance_##name(const uint64_t *query, const uint64_t *labels,        \
                                             ptrdiff_t count, ptrdiff_t words,                     \
                                             uint8_t *relevance) {                                 \
    WITH_CONSTANT_WIDTH(relevance_of_width, query, labels, count, words, relevance);               \
  }                                                                                                \
  TARGET_##name static void shared_labels_##name(const uint64_t *query, const uint64_t *labels,    \
                                                 ptrdiff_t count, ptrdiff_t words,                 \
                                                 uint32_t *shared) {                               \
    WITH_CONSTANT_WIDTH(shared_labels_of_width, query, labels, count, words, shared);              \
  }                                                                                                \
  static const struct hamming_kernels kernels_##name = {.distances = distances_##name,             \
                                                        .relevance = relevance_##name,             \
                                                        .shared_labels = shared_labels_##name,     \
                                                        .make_block = make_block_##name,           \
                                                        .plane_histogram =                         \
                                                            plane_histogram_##name};

LEVEL(scalar)

#if defined(__x86_64__)

LEVEL(popcnt)
LEVEL(avx2)
LEVEL(avx512)

bool hamming_level_is_supported(enum hamming_level level) {
  switch (level) {
  case hamming_level_scalar:
    return true;
  case hamming_level_popcnt:
    return __builtin_cpu_supports("popcnt");
  case hamming_level_avx2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
  case hamming_level_avx512:
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vpopcntdq") &&
           __builtin_cpu_supports("popcnt");
  }
  return false;
}

struct hamming_kernels hamming_kernels_at(enum hamming_level level) {
  switch (level) {
  case hamming_level_scalar:
    return kernels_scalar;
  case hamming_level_popcnt:
    return kernels_popcnt;
  case hamming_level_avx2:
    return kernels_avx2;
  case hamming_level_avx512:
    return kernels_avx512;
  }
  return kernels_scalar;
}

#else

bool hamming_level_is_supported(enum hamming_level level) { return level == hamming_level_scalar; }

struct hamming_kernels hamming_kernels_at(enum hamming_level level) {
  (void)level;
  return kernels_scalar;
}

#endif
