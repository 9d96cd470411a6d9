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
  /// Adds the items of some blocks of 512 at each distance 0 … bits, and the relevant ones among
  /// them, to `items` and `relevant`.
  ///
  /// A block is `planes_per_block` planes of 512 bits. The first planes are those of the code, up
  /// to a multiple of 16 with zeros. `flips` has a word for each of them, all ones where the
  /// query's bit is 1, else 0; `labels` holds the plane of each label of the query.
  /// Items that fill up the last block are counted as items with a code of zeros.
  void (*plane_histogram)(const uint64_t *planes, ptrdiff_t blocks, ptrdiff_t planes_per_block,
                          ptrdiff_t bits, const uint64_t *flips, const uint32_t *labels,
                          ptrdiff_t label_count, uint32_t *items, uint32_t *relevant);
};

/// The longest code that `plane_histogram` takes.
enum { hamming_plane_bits_maximum = 256 };

/// Turns rows of `bits` bits into planes: bit i of plane k of a block is bit k of its row i.
///
/// Writes planes `first_plane` … of each block of 512 rows; rows that are missing in the last
/// block count as zeros up to the next multiple of 64, and leave `planes` as it is beyond.
void hamming_make_planes(const uint64_t *rows, ptrdiff_t count, ptrdiff_t bits,
                         ptrdiff_t planes_per_block, ptrdiff_t first_plane, uint64_t *planes);

/// Whether this processor runs a level; scalar always runs.
bool hamming_level_is_supported(enum hamming_level level);

/// The kernels of a level, which the processor must support.
struct hamming_kernels hamming_kernels_at(enum hamming_level level);

#pragma clang assume_nonnull end

#endif
