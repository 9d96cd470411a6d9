import ExperimentKit
import Foundation
import HashingMethods

/// What of a configuration belongs under every table: fidelity, scaling, choice of the epoch.
struct MethodConditions {
  /// The knobs by the names that methods share; a method that lacks one has nothing to choose.
  private struct Knobs: Decodable {
    var imageScaling: String?
    var textScaling: String?
    var epochSelection: EpochSelection?
  }

  private let subject: ReportSubject
  private let knobs: Knobs?

  init(_ subject: ReportSubject) {
    self.subject = subject
    // A knob of the same name with another meaning leaves the line short, not wrong.
    knobs = try? JSONDecoder().decode(Knobs.self, from: Data(subject.subject.configuration.utf8))
  }

  /// `DCMH · matlab (published, pictures as-is, texts as-is, last epoch)`.
  var text: String {
    let scalings = [
      knobs?.imageScaling.map { "pictures \($0)" }, knobs?.textScaling.map { "texts \($0)" },
    ]
    let parts = [subject.fidelityText] + scalings.compactMap { $0 } + [epoch]
    return "\(subject.title) (\(parts.joined(separator: ", ")))"
  }

  private var epoch: String {
    switch knobs?.epochSelection {
    case .bestOnValidation(let share, let every):
      "best of every \(every) epochs on \(share.significant(3)) of the training items"
    case .last, nil: "last epoch"
    }
  }
}
