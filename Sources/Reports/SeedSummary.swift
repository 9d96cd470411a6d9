/// A measure over the seeds of one configuration.
package struct SeedSummary: Sendable, Equatable {
  /// Arithmetic mean.
  package let mean: Double
  /// Sample standard deviation (divisor n − 1); nil for a single seed.
  package let standardDeviation: Double?
  /// Number of seeds n, at least 1.
  package let count: Int

  /// Summarises values in the order given, so that equal input gives equal bits.
  ///
  /// - Precondition: there is at least one value.
  package init(_ values: [Double]) {
    precondition(!values.isEmpty, "a summary needs at least one value")
    count = values.count
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    standardDeviation =
      values.count == 1
      ? nil
      : (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1))
        .squareRoot()
  }
}
