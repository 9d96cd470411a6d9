/// A whole number ≥ 0 of any size, with what counting the words of a Hamming ball takes.
///
/// V(4096, 2048) has 4096 binary digits; in floating point the bounds would be wrong where they
/// hold with equality, as they do for perfect codes.
struct NaturalNumber {
  /// Digits to the base 2^64, least first; the last one is not 0.
  private var digits: [UInt64]

  init(_ value: UInt64) {
    digits = value == 0 ? [] : [value]
  }

  /// Number of binary digits; 0 for 0.
  var bitWidth: Int {
    guard let last = digits.last else { return 0 }
    return digits.count * 64 - last.leadingZeroBitCount
  }

  /// Whether the number is 2^exponent.
  func isPower(ofTwo exponent: Int) -> Bool {
    bitWidth == exponent + 1 && digits.reduce(0) { $0 + $1.nonzeroBitCount } == 1
  }

  mutating func add(_ other: NaturalNumber) {
    var carry: UInt64 = 0
    for index in 0..<max(digits.count, other.digits.count) {
      if index == digits.count { digits.append(0) }
      let summand = index < other.digits.count ? other.digits[index] : 0
      let (partial, firstOverflow) = digits[index].addingReportingOverflow(summand)
      let (sum, secondOverflow) = partial.addingReportingOverflow(carry)
      digits[index] = sum
      carry = firstOverflow || secondOverflow ? 1 : 0
    }
    if carry != 0 { digits.append(carry) }
  }

  mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in digits.indices {
      let product = digits[index].multipliedFullWidth(by: factor)
      let (low, overflow) = product.low.addingReportingOverflow(carry)
      digits[index] = low
      carry = product.high + (overflow ? 1 : 0)
    }
    if carry != 0 { digits.append(carry) }
    dropLeadingZeros()
  }

  func multiplied(by factor: UInt64) -> NaturalNumber {
    var product = self
    product.multiply(by: factor)
    return product
  }

  /// Divides and drops the remainder.
  mutating func divide(by divisor: UInt64) {
    var remainder: UInt64 = 0
    for index in digits.indices.reversed() {
      (digits[index], remainder) = divisor.dividingFullWidth((remainder, digits[index]))
    }
    dropLeadingZeros()
  }

  private mutating func dropLeadingZeros() {
    while digits.last == 0 { digits.removeLast() }
  }
}
