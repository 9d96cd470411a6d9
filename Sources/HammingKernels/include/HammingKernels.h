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
  void (*distances)(const uint64_t *query, const uint64_t *codes, ptrdiff_t count, ptrdiff_t words,
                    uint32_t *distances);
  /// 1 where one label set meets the label set of an item, else 0.
  void (*relevance)(const uint64_t *query, const uint64_t *labels, ptrdiff_t count, ptrdiff_t words,
                    uint8_t *relevance);
  /// Number of labels that one label set shares with that of each item.
  void (*shared_labels)(const uint64_t *query, const uint64_t *labels, ptrdiff_t count,
                        ptrdiff_t words, uint32_t *shared);
  /// Turns up to 512 items into a block of planes of 512 bits, 8 words each: the parity of the
  /// code, the carries that `hamming_query_carries` picks from, then one plane for each label.
  /// Items that are missing count as codes of zeros without a label.
  void (*make_block)(const uint64_t *codes, const uint64_t *labels, ptrdiff_t count, ptrdiff_t bits,
                     ptrdiff_t label_count, uint64_t *block);
  /// Adds the items of some blocks at each distance 0 … bits, and the relevant ones among them, to
  /// `items` and `relevant`.
  ///
  /// `flip` and `carries` are what `hamming_query_carries` gives; `labels` holds the offset in a
  /// block, in words, of the plane of each label of the query.
  void (*plane_histogram)(const uint64_t *blocks, ptrdiff_t count, ptrdiff_t planes_per_block,
                          ptrdiff_t bits, uint64_t flip, const uint32_t *carries,
                          const uint32_t *labels, ptrdiff_t label_count, uint32_t *items,
                          uint32_t *relevant);
};

/// The longest code that `plane_histogram` takes.
enum { hamming_plane_bits_maximum = 256 };

/// The place of the first label's plane in a block, in planes.
ptrdiff_t hamming_first_label_plane(ptrdiff_t bits);

/// The offsets in a block, in words, of the carries that a query adds up: one for every two bits of
/// its code, whose number is rounded up to a multiple of 16.
///
/// Returns all ones when the code has an odd number of 1s, else 0.
uint64_t hamming_query_carries(const uint64_t *code, ptrdiff_t bits, uint32_t *carries);

/// Whether this processor runs a level; scalar always runs.
bool hamming_level_is_supported(enum hamming_level level);

/// The kernels of a level, which the processor must support.
struct hamming_kernels hamming_kernels_at(enum hamming_level level);

#pragma clang assume_nonnull end

#endif
