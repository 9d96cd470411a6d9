import Foundation

/// The learning rate over the epochs of training.
public enum LearningRateSchedule: Sendable, Codable, Hashable {
  /// The same rate throughout.
  case constant(Double)
  /// Equal differences from the first epoch's rate to the last one's.
  case linear(from: Double, to: Double)
  /// Equal ratios from the first epoch's rate to the last one's (MATLAB `logspace`).
  case logSpaced(from: Double, to: Double)

  /// The rate of an epoch.
  ///
  /// - Parameters:
  ///   - epoch: 0-based.
  ///   - count: Number of epochs, at least 1.
  /// - Returns: The learning rate.
  public func rate(epoch: Int, of count: Int) -> Double {
    let progress = count > 1 ? Double(epoch) / Double(count - 1) : 0
    return switch self {
    case .constant(let rate): rate
    case .linear(let from, let to): from + (to - from) * progress
    case .logSpaced(let from, let to): from * pow(to / from, progress)
    }
  }
}
