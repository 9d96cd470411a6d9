#include "HammingKernels.h"
#include "Levels.h"

// Turns 512 items on their side, with the first adders of every distance done in advance.
//
// The distance of an item to a query is the sum of its bits, each flipped where the query's bit is
// 1. Full adders over the planes of the code, three at a time until one is left, take that sum
// apart into its parity and planes of weight 2. The parity is that of the item, flipped by that of
// the query. A carry is the majority of three planes, each flipped or not: all eight variants are
// kept, and a query picks one of each, so that it starts with half as many planes as it has bits.

#define INLINE static inline __attribute__((always_inline))

// Bits of a code in whole units of the kernel.
INLINE ptrdiff_t padded(ptrdiff_t bits) { return (bits + 15) / 16 * 16; }

// Transposes a matrix of 64 × 64 bits, bit c of row r to bit r of row c (Hacker's Delight, 7-3).
INLINE void transpose(uint64_t rows[64]) {
#define SWAP(width, mask)                                                                          \
  for (int start = 0; start < 64; start += 2 * width)                                              \
    for (int row = start; row < start + width; row++) {                                            \
      uint64_t swap = ((rows[row] >> width) ^ rows[row + width]) & mask;                           \
      rows[row + width] ^= swap;                                                                   \
      rows[row] ^= swap << width;                                                                  \
    }
  SWAP(32, 0x00000000ffffffff)
  SWAP(16, 0x0000ffff0000ffff)
  SWAP(8, 0x00ff00ff00ff00ff)
  SWAP(4, 0x0f0f0f0f0f0f0f0f)
  SWAP(2, 0x3333333333333333)
  SWAP(1, 0x5555555555555555)
#undef SWAP
}

// Turns up to 512 rows of `bits` bits into planes of 8 words: bit i of plane k is bit k of row i.
INLINE void turn(const uint64_t *rows, ptrdiff_t count, ptrdiff_t bits, uint64_t *planes) {
  ptrdiff_t words = (bits + 63) / 64;
  for (ptrdiff_t group = 0; group < 8; group++)
    for (ptrdiff_t word = 0; word < words; word++) {
      uint64_t square[64] = {0};
      for (ptrdiff_t row = 0; row < 64 && group * 64 + row < count; row++)
        square[row] = rows[(group * 64 + row) * words + word];
      transpose(square);
      for (ptrdiff_t bit = 0; bit < 64 && word * 64 + bit < bits; bit++)
        planes[(word * 64 + bit) * 8 + group] = square[bit];
    }
}

INLINE uint64_t flipped(uint64_t word, ptrdiff_t flip) { return word ^ -(uint64_t)flip; }

INLINE void make_block(const uint64_t *codes, const uint64_t *labels, ptrdiff_t count,
                       ptrdiff_t bits, ptrdiff_t label_count, uint64_t *block) {
  // What is still to be added: the planes of the code, then sums behind them. Two planes of zeros
  // at the end stand in for the third bit of the last adder.
  uint64_t queue[2 * hamming_plane_bits_maximum + 2][8];
  ptrdiff_t first = 0, end = padded(bits);
  for (ptrdiff_t plane = 0; plane < 2 * end + 2; plane++)
    for (ptrdiff_t word = 0; word < 8; word++)
      queue[plane][word] = 0;
  turn(codes, count, bits, queue[0]);
  uint64_t *carry = block + 8;
  while (end - first > 1) {
    const uint64_t *a = queue[first], *b = queue[first + 1], *c = queue[first + 2];
    for (ptrdiff_t variant = 0; variant < 8; variant++, carry += 8)
      for (ptrdiff_t word = 0; word < 8; word++) {
        uint64_t x = flipped(a[word], variant & 1), y = flipped(b[word], variant >> 1 & 1),
                 z = flipped(c[word], variant >> 2);
        carry[word] = (x & y) | ((x ^ y) & z);
      }
    for (ptrdiff_t word = 0; word < 8; word++)
      queue[end][word] = a[word] ^ b[word] ^ c[word];
    first += end - first > 2 ? 3 : 2;
    end++;
  }
  for (ptrdiff_t word = 0; word < 8; word++)
    block[word] = queue[first][word];
  turn(labels, count, label_count, carry);
}

ptrdiff_t hamming_first_label_plane(ptrdiff_t bits) { return 1 + padded(bits) / 2 * 8; }

uint64_t hamming_query_carries(const uint64_t *code, ptrdiff_t bits, uint32_t *carries) {
  uint8_t queue[2 * hamming_plane_bits_maximum + 2] = {0};
  for (ptrdiff_t bit = 0; bit < bits; bit++)
    queue[bit] = code[bit / 64] >> (bit % 64) & 1;
  // The adders of `make_block`, over the bits of the query.
  ptrdiff_t first = 0, end = padded(bits);
  for (uint32_t plane = 1; end - first > 1; plane += 8, end++) {
    uint32_t a = queue[first], b = queue[first + 1], c = queue[first + 2];
    *carries++ = 8 * (plane + (a | b << 1 | c << 2));
    queue[end] = (uint8_t)(a ^ b ^ c);
    first += end - first > 2 ? 3 : 2;
  }
  return -(uint64_t)queue[first];
}

#define LEVEL(level)                                                                               \
  TARGET_##level void make_block_##level(const uint64_t *codes, const uint64_t *labels,            \
                                         ptrdiff_t count, ptrdiff_t bits, ptrdiff_t label_count,   \
                                         uint64_t *block) {                                        \
    make_block(codes, labels, count, bits, label_count, block);                                    \
  }

LEVEL(scalar)
#if defined(__x86_64__)
LEVEL(popcnt)
LEVEL(avx2)
LEVEL(avx512)
#endif
