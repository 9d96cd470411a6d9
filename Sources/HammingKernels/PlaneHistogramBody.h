// Included once for each level, with LEVEL, VECTOR, UNALIGNED_VECTOR, LANES, HOLDS_ANY()
// and SUM() defined.
//
// A VECTOR holds one bit of 64 · LANES items. Distances are never formed item by item: the planes
// of a code, each flipped where the query's bit is 1, are added by full adders into the planes of
// the distance; the items at distance d are those whose distance planes spell d, and a popcount
// counts them. Relevant items are counted after an AND with the OR of the query's label planes.

#define PASTE_(name, level) name##_##level
#define PASTE(name, level) PASTE_(name, level)
#define NAME(name) PASTE(name, LEVEL)
#define INLINE static inline __attribute__((always_inline)) PASTE(TARGET, LEVEL)

// Full adder: `sum` takes the weight of the three bits, `carry` twice that.
INLINE void NAME(add)(VECTOR *carry, VECTOR *sum, VECTOR a, VECTOR b, VECTOR c) {
  VECTOR either = a ^ b;
  *carry = (a & b) | (either & c);
  *sum = either ^ c;
}

// `sixteens` is the code length in units of 16 bits, rounded up, and `depth` the number of
// distance planes of weight 16 and more. Both are constants where it matters.
INLINE void NAME(count)(const uint64_t *restrict planes, ptrdiff_t blocks,
                        ptrdiff_t planes_per_block, ptrdiff_t sixteens, ptrdiff_t depth,
                        ptrdiff_t bits, const uint64_t *restrict flips,
                        const uint32_t *restrict labels, ptrdiff_t label_count,
                        uint32_t *restrict items, uint32_t *restrict relevant) {
  const VECTOR zero = {0};
  // Distances come in octets that share all planes but the lowest three.
  const ptrdiff_t octets = bits / 8 + 1;
  VECTOR all[hamming_plane_bits_maximum + 8], hits[hamming_plane_bits_maximum + 8];
  for (ptrdiff_t distance = 0; distance < octets * 8; distance++)
    all[distance] = hits[distance] = zero;

  for (ptrdiff_t block = 0; block < blocks; block++)
    for (ptrdiff_t lane = 0; lane < 8; lane += LANES) {
      const uint64_t *base = planes + block * planes_per_block * 8 + lane;
#define PLANE(plane) (*(const UNALIGNED_VECTOR *)(base + (plane)*8))
#define DIFFERS(bit) (PLANE(bit) ^ (zero + flips[bit]))
      VECTOR ones = zero, twos = zero, fours = zero, eights = zero;
      VECTOR high[MAXIMUM_DEPTH] = {zero};
      for (ptrdiff_t bit = 0; bit < sixteens * 16; bit += 16) {
        VECTOR a, b, c, d, e, f, carry;
        NAME(add)(&a, &ones, ones, DIFFERS(bit + 0), DIFFERS(bit + 1));
        NAME(add)(&b, &ones, ones, DIFFERS(bit + 2), DIFFERS(bit + 3));
        NAME(add)(&c, &twos, twos, a, b);
        NAME(add)(&a, &ones, ones, DIFFERS(bit + 4), DIFFERS(bit + 5));
        NAME(add)(&b, &ones, ones, DIFFERS(bit + 6), DIFFERS(bit + 7));
        NAME(add)(&d, &twos, twos, a, b);
        NAME(add)(&e, &fours, fours, c, d);
        NAME(add)(&a, &ones, ones, DIFFERS(bit + 8), DIFFERS(bit + 9));
        NAME(add)(&b, &ones, ones, DIFFERS(bit + 10), DIFFERS(bit + 11));
        NAME(add)(&c, &twos, twos, a, b);
        NAME(add)(&a, &ones, ones, DIFFERS(bit + 12), DIFFERS(bit + 13));
        NAME(add)(&b, &ones, ones, DIFFERS(bit + 14), DIFFERS(bit + 15));
        NAME(add)(&d, &twos, twos, a, b);
        NAME(add)(&f, &fours, fours, c, d);
        NAME(add)(&carry, &eights, eights, e, f);
        for (ptrdiff_t plane = 0; plane < depth; plane++) {
          VECTOR next = high[plane] & carry;
          high[plane] ^= carry;
          carry = next;
        }
      }

      VECTOR is_relevant = zero;
      for (ptrdiff_t label = 0; label < label_count; label++)
        is_relevant |= PLANE((ptrdiff_t)labels[label]);

      // Which items lie in each octet, split plane by plane from the top. Octets beyond the code
      // length are empty and not made.
      VECTOR octet[2 << MAXIMUM_DEPTH];
      octet[0] = ~zero;
      ptrdiff_t width = 1;
      for (ptrdiff_t plane = depth; plane >= 0; plane--) {
        VECTOR split = plane > 0 ? high[plane - 1] : eights;
        ptrdiff_t needed = (octets + ((ptrdiff_t)1 << plane) - 1) >> plane;
        for (ptrdiff_t i = width - 1; i >= 0; i--) {
          VECTOR parent = octet[i];
          if (2 * i + 1 < needed)
            octet[2 * i + 1] = parent & split;
          octet[2 * i] = parent & ~split;
        }
        width = needed < 2 * width ? needed : 2 * width;
      }

      for (ptrdiff_t i = 0; i < octets; i++) {
        // Most octets of a block are empty: distances gather around half the code length.
        if (!HOLDS_ANY(octet[i]))
          continue;
        VECTOR low = octet[i] & ~fours, high_half = octet[i] & fours;
        VECTOR pairs[4] = {low & ~twos, low & twos, high_half & ~twos, high_half & twos};
        for (ptrdiff_t pair = 0; pair < 4; pair++) {
          VECTOR even = pairs[pair] & ~ones, odd = pairs[pair] & ones;
          ptrdiff_t distance = i * 8 + pair * 2;
          all[distance] += __builtin_elementwise_popcount(even);
          hits[distance] += __builtin_elementwise_popcount(even & is_relevant);
          all[distance + 1] += __builtin_elementwise_popcount(odd);
          hits[distance + 1] += __builtin_elementwise_popcount(odd & is_relevant);
        }
      }
#undef DIFFERS
#undef PLANE
    }

  for (ptrdiff_t distance = 0; distance <= bits; distance++) {
    items[distance] += (uint32_t)SUM(all[distance]);
    relevant[distance] += (uint32_t)SUM(hits[distance]);
  }
}

PASTE(TARGET, LEVEL)
void NAME(plane_histogram)(const uint64_t *planes, ptrdiff_t blocks, ptrdiff_t planes_per_block,
                           ptrdiff_t bits, const uint64_t *flips, const uint32_t *labels,
                           ptrdiff_t label_count, uint32_t *items, uint32_t *relevant) {
#define COUNT(sixteens, depth)                                                                     \
  NAME(count)                                                                                      \
  (planes, blocks, planes_per_block, sixteens, depth, bits, flips, labels, label_count, items,     \
   relevant)
  switch ((bits + 15) / 16) {
  case 1:
    COUNT(1, 1);
    break;
  case 2:
    COUNT(2, 2);
    break;
  case 4:
    COUNT(4, 3);
    break;
  case 8:
    COUNT(8, 4);
    break;
  default:
    COUNT((bits + 15) / 16, MAXIMUM_DEPTH);
  }
#undef COUNT
}

#undef INLINE
#undef NAME
#undef PASTE
#undef PASTE_
