#ifndef CROSSBIT_HAMMING_KERNELS_H
#define CROSSBIT_HAMMING_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Instruction sets that the kernels are compiled for, in rising order.
enum hamming_level {
  hamming_level_scalar = 0,
  hamming_level_popcnt = 1,
  hamming_level_avx2 = 2,
  /// AVX-512 F, BW and VL with VPOPCNTDQ.
  hamming_level_avx512 = 3,
};

/// The kernels of one level. Every level gives the same numbers to the last bit.
struct hamming_kernels {
  /// Distance of one code to `count` codes of `words` words each, item after item.
  void (*distances)(const uint64_t *query, const uint64_t *codes, ptrdiff_t count,
                    ptrdiff_t words, uint32_t *distances);
  /// 1 where one label set meets the label set of an item, else 0.
  void (*relevance)(const uint64_t *query, const uint64_t *labels, ptrdiff_t count,
                    ptrdiff_t words, uint8_t *relevance);
  /// Number of labels that one label set shares with that of each item.
  void (*shared_labels)(const uint64_t *query, const uint64_t *labels, ptrdiff_t count,
                        ptrdiff_t words, uint32_t *shared);
};

/// Whether this processor runs a level; scalar always runs.
bool hamming_level_is_supported(enum hamming_level level);

/// The kernels of a level, which the processor must support.
struct hamming_kernels hamming_kernels_at(enum hamming_level level);

#pragma clang assume_nonnull end

#endif
