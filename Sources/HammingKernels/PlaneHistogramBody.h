// Included once for each level, with LEVEL, VECTOR, UNALIGNED_VECTOR, LANES, HOLDS_ANY(),
// MAJORITY(), COUNT_INTO() and SUM() defined.
//
// A VECTOR holds one bit of 64 · LANES items. Distances are never formed item by item: full adders
// add planes of bits into the planes of the distance, and the items at distance d are those whose
// distance planes spell d. Relevant items are counted after an AND with the OR of the query's label
// planes.

#define PASTE_(name, level) name##_##level
#define PASTE(name, level) PASTE_(name, level)
#define NAME(name) PASTE(name, LEVEL)
#define INLINE static inline __attribute__((always_inline)) PASTE(TARGET, LEVEL)

// Full adder: `sum` takes the weight of the three bits, `carry` twice that.
INLINE void NAME(add)(VECTOR *carry, VECTOR *sum, VECTOR a, VECTOR b, VECTOR c) {
  *carry = MAJORITY(a, b, c);
  *sum = PARITY(a, b, c);
}

// Adds `carry` to a number in planes.
INLINE void NAME(ripple)(VECTOR *number, ptrdiff_t depth, VECTOR carry) {
  for (ptrdiff_t plane = 0; plane < depth; plane++) {
    VECTOR next = number[plane] & carry;
    number[plane] ^= carry;
    carry = next;
  }
}

// Adds what the eight masks of an octet counted to the eight distances from `distance` on, as far
// as `bits`.
INLINE void NAME(spread)(const VECTOR *masks, ptrdiff_t distance, ptrdiff_t bits,
                         uint32_t *histogram) {
  uint64_t sum[8];
  SUM_EIGHT(sum, masks);
  uint64_t second = sum[1] - sum[2], fourth = sum[0] - sum[1] - sum[3];
  const uint64_t counts[8] = {sum[4], sum[2] - sum[4], sum[5], second - sum[5],
                              sum[6], sum[3] - sum[6], sum[7], fourth - sum[7]};
  for (ptrdiff_t i = 0; i < 8 && distance + i <= bits; i++)
    histogram[distance + i] += (uint32_t)counts[i];
}

// `sixteens` is the code length in units of 16 bits, rounded up, and `depth` the number of
// distance planes of weight 16 and more. Both are constants where it matters.
INLINE void NAME(count)(const uint64_t *restrict planes, ptrdiff_t blocks,
                        ptrdiff_t planes_per_block, ptrdiff_t sixteens, ptrdiff_t depth,
                        ptrdiff_t bits, uint64_t flip, const uint32_t *restrict carries,
                        const uint32_t *restrict labels, ptrdiff_t label_count,
                        uint32_t *restrict items, uint32_t *restrict relevant) {
  const VECTOR zero = {0};
  // Distances come in octets that share all planes but the lowest three.
  const ptrdiff_t octets = bits / 8 + 1;
  // Of each octet eight masks are counted from which the eight distances follow.
  VECTOR counts[(hamming_plane_bits_maximum / 8 + 1) * 16];
  for (ptrdiff_t slot = 0; slot < octets * 16; slot++)
    counts[slot] = zero;
  uint64_t touched = 0;

  for (ptrdiff_t block = 0; block < blocks; block++)
    for (ptrdiff_t lane = 0; lane < 8; lane += LANES) {
      const uint64_t *base = planes + block * planes_per_block * 8 + lane;
#define PLANE(plane) (*(const UNALIGNED_VECTOR *)(base + (plane)))
#define TWO(index) PLANE(carries[index])
      VECTOR ones = PLANE(0) ^ (zero + flip);
      VECTOR twos = zero, fours = zero, eights = zero;
      VECTOR high[MAXIMUM_DEPTH] = {zero};
      // Eight planes of weight 2 are 16 bits of the code.
      VECTOR sixteen = zero;
      for (ptrdiff_t unit = 0; unit < sixteens; unit++) {
        ptrdiff_t i = unit * 8;
        VECTOR a, b, c, d, carry;
        NAME(add)(&a, &twos, twos, TWO(i + 0), TWO(i + 1));
        NAME(add)(&b, &twos, twos, TWO(i + 2), TWO(i + 3));
        NAME(add)(&c, &fours, fours, a, b);
        NAME(add)(&a, &twos, twos, TWO(i + 4), TWO(i + 5));
        NAME(add)(&b, &twos, twos, TWO(i + 6), TWO(i + 7));
        NAME(add)(&d, &fours, fours, a, b);
        NAME(add)(&carry, &eights, eights, c, d);
        if (unit % 2 == 0 && unit + 1 < sixteens) {
          sixteen = carry;
        } else if (unit % 2 == 0) {
          NAME(ripple)(high, depth, carry);
        } else {
          NAME(add)(&carry, &high[0], high[0], sixteen, carry);
          NAME(ripple)(high + 1, depth - 1, carry);
        }
      }

      VECTOR is_relevant = zero;
      for (ptrdiff_t label = 0; label < label_count; label++)
        is_relevant |= PLANE(labels[label]);

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
        touched |= (uint64_t)1 << i;
        VECTOR low = octet[i] & ~fours, upper = octet[i] & fours;
        VECTOR first = low & ~twos, third = upper & ~twos;
        VECTOR masks[8] = {octet[i],      low,
                           first,         third,
                           first & ~ones, (low & twos) & ~ones,
                           third & ~ones, (upper & twos) & ~ones};
        for (ptrdiff_t slot = 0; slot < 8; slot++) {
          COUNT_INTO(counts[i * 16 + slot], masks[slot]);
          COUNT_INTO(counts[i * 16 + 8 + slot], masks[slot] & is_relevant);
        }
      }
#undef TWO
#undef PLANE
    }

  for (ptrdiff_t i = 0; i < octets; i++)
    if (touched >> i & 1) {
      NAME(spread)(counts + i * 16, i * 8, bits, items);
      NAME(spread)(counts + i * 16 + 8, i * 8, bits, relevant);
    }
}

PASTE(TARGET, LEVEL)
void NAME(plane_histogram)(const uint64_t *planes, ptrdiff_t blocks, ptrdiff_t planes_per_block,
                           ptrdiff_t bits, uint64_t flip, const uint32_t *carries,
                           const uint32_t *labels, ptrdiff_t label_count, uint32_t *items,
                           uint32_t *relevant) {
  for (ptrdiff_t start = 0; start < blocks; start += BLOCKS_AT_ONCE) {
    ptrdiff_t count = blocks - start < BLOCKS_AT_ONCE ? blocks - start : BLOCKS_AT_ONCE;
    const uint64_t *first = planes + start * planes_per_block * 8;
#define COUNT(sixteens, depth)                                                                     \
  NAME(count)                                                                                      \
  (first, count, planes_per_block, sixteens, depth, bits, flip, carries, labels, label_count,      \
   items, relevant)
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
}

#undef INLINE
#undef NAME
#undef PASTE
#undef PASTE_
