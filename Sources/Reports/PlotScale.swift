import Foundation

/// Maps numbers of one axis to 0 … 1 and says where its ticks stand.
struct PlotScale {
  /// How distances on the axis grow.
  enum Kind {
    case linear
    case logarithmic
  }

  /// Numbers that get a tick, ascending; all inside the range.
  let ticks: [Double]
  private let kind: Kind
  private let lower: Double
  private let upper: Double

  /// A linear axis that holds all values, with about five round ticks.
  static func linear(covering values: [Double]) -> PlotScale {
    let least = values.min() ?? 0
    let greatest = values.max() ?? 1
    // A flat curve still needs a range of its own.
    let span = greatest > least ? greatest - least : max(abs(least), 1) * 0.1
    let step = roundStep(atLeast: span / 5)
    let first = (least / step).rounded(.down)
    let last = max((greatest / step).rounded(.up), first + 1)
    // Multiples of the step, not a running sum, so that 0.3 stays 0.3.
    let ticks = (Int(first)...Int(last)).map { Double($0) * step }
    return PlotScale(ticks: ticks, kind: .linear, lower: first * step, upper: last * step)
  }

  /// A logarithmic axis with ticks at 1, 2 and 5 times powers of ten, or at powers of ten alone
  /// where those would be more than ten.
  ///
  /// - Precondition: all values are positive.
  static func logarithmic(covering values: [Double]) -> PlotScale {
    let least = values.min() ?? 1
    // A factor of 2.5 always holds 1, 2 or 5 times a power of ten, so there is a tick.
    let greatest = max(values.max() ?? 10, least * 2.5)
    precondition(least > 0, "a logarithmic axis cannot show \(least)")
    let powers = Int(log10(least).rounded(.down))...Int(log10(greatest).rounded(.up))
    let candidates = [[1.0, 2, 5], [1.0]].map { digits in
      powers.flatMap { power in digits.map { $0 * pow(10, Double(power)) } }
        .filter { (least...greatest).contains($0) }
    }
    let ticks = candidates.first { $0.count <= 10 } ?? candidates[1]
    return PlotScale(ticks: ticks, kind: .logarithmic, lower: least, upper: greatest)
  }

  /// A logarithmic axis whose ticks are the values themselves, such as code lengths.
  ///
  /// - Precondition: all values are positive.
  static func logarithmic(at values: [Double]) -> PlotScale {
    let ticks = Set(values).sorted()
    let least = ticks.first ?? 1
    precondition(least > 0, "a logarithmic axis cannot show \(least)")
    return PlotScale(
      ticks: ticks, kind: .logarithmic, lower: least,
      upper: ticks.count > 1 ? ticks[ticks.count - 1] : least * 2)
  }

  /// Position of a number: 0 at the lower end, 1 at the upper.
  func position(of value: Double) -> Double {
    switch kind {
    case .linear: (value - lower) / (upper - lower)
    case .logarithmic: log(value / lower) / log(upper / lower)
    }
  }

  /// A tick's label with no more digits than it needs.
  func label(of tick: Double) -> String {
    String(format: "%.6g", tick)
  }

  private static func roundStep(atLeast step: Double) -> Double {
    let power = pow(10, log10(step).rounded(.down))
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= step * 0.999_999 } ?? power * 10
  }
}
