#include "HammingKernels.h"

// Transposes a matrix of 64 × 64 bits, bit c of row r to bit r of row c (Hacker's Delight, 7-3).
static void transpose(uint64_t rows[64]) {
  uint64_t mask = 0x00000000ffffffff;
  for (int width = 32; width > 0; width >>= 1, mask ^= mask << width)
    for (int row = 0; row < 64; row = ((row | width) + 1) & ~width) {
      uint64_t swap = ((rows[row] >> width) ^ rows[row | width]) & mask;
      rows[row] ^= swap << width;
      rows[row | width] ^= swap;
    }
}

void hamming_make_planes(const uint64_t *rows, ptrdiff_t count, ptrdiff_t bits,
                         ptrdiff_t planes_per_block, ptrdiff_t first_plane, uint64_t *planes) {
  ptrdiff_t words = (bits + 63) / 64;
  for (ptrdiff_t item = 0; item < count; item += 64)
    for (ptrdiff_t word = 0; word < words; word++) {
      uint64_t square[64] = {0};
      for (ptrdiff_t row = 0; row < 64 && item + row < count; row++)
        square[row] = rows[(item + row) * words + word];
      transpose(square);
      uint64_t *block = planes + item / 512 * planes_per_block * 8 + item % 512 / 64;
      for (ptrdiff_t bit = 0; bit < 64 && word * 64 + bit < bits; bit++)
        block[(first_plane + word * 64 + bit) * 8] = square[bit];
    }
}
