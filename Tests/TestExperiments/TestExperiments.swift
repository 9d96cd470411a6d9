import Crossbit
import CrossbitCommandLine

/// A program like `crossbit` whose experiments the end-to-end tests need: tiny, slow, wrong.
@main
enum TestExperiments {
  static func main() async {
    await CrossbitCommand.main(experiments: [
      tiny, slow, many, killed, mishaps, jointOnly, wrong, beyond, absent, imported,
    ])
  }

  static let tiny = Experiment("tiny", summary: "Everything goes well.") {
    Dataset(.file("tiny"))
    Method(MethodVariant(RandomProjection()))
    CodeLengths(8, 65)
    Seeds(1...2)
    EncodeDatabase(.ownModality, .joint)
    Measures {
      PrecisionRecall()
      PrecisionAtTop(1, 3)
    }
  }

  static let slow = Experiment("slow", summary: "Trials that last long enough to be interrupted.") {
    Dataset(.file("tiny"))
    Method(
      MethodVariant(
        RandomProjection(.init(stepSeconds: 0.02, stepCount: 10, variant: "slow"))))
    CodeLengths(8)
    Seeds(1...6)
  }

  /// 360 trials: three who make codes, four lengths, thirty seeds.
  static let many = Experiment("many", summary: "A large plan of small trials.") {
    Dataset(.file("tiny"))
    Method(MethodVariant(RandomProjection()))
    CodeLengths(4, 8, 16, 65)
    Seeds(1...30)
  }

  static let killed = Experiment("killed", summary: "Workers that are killed once or always.") {
    Dataset(.file("tiny"))
    Method(MethodVariant(Mishap(.init(kind: .isKilledOnce))))
    Method(MethodVariant(Mishap(.init(kind: .isKilled))))
    CodeLengths(8)
    Seeds(1)
  }

  static let mishaps = Experiment("mishaps", summary: "One method works, the others do not.") {
    Dataset(.file("tiny"))
    Method(MethodVariant(RandomProjection()))
    Method(MethodVariant(Mishap(.init(kind: .refuses))))
    Method(MethodVariant(Mishap(.init(kind: .traps))))
    Method(MethodVariant(Mishap(.init(kind: .givesNaN))))
    Method(MethodVariant(Mishap(.init(kind: .givesWrongShape))))
    CodeLengths(8)
    Seeds(1)
  }

  static let jointOnly = Experiment("joint-only", summary: "A method has no joint codes.") {
    Dataset(.file("tiny"))
    Method(MethodVariant(Mishap(.init(kind: .lacksPairs))))
    CodeLengths(8)
    Seeds(1)
    EncodeDatabase(.joint)
  }

  static let wrong = Experiment("wrong", summary: "Codes of no bits.") {
    Dataset(.file("tiny"))
    Method(MethodVariant(RandomProjection()))
    CodeLengths(0)
    Seeds(1)
  }

  static let beyond = Experiment("beyond", summary: "A cut-off beyond the retrieval set.") {
    Dataset(.file("tiny"))
    Method(MethodVariant(RandomProjection()))
    CodeLengths(8)
    Seeds(1)
    Measures { PrecisionAtTop(1_000_000) }
  }

  static let absent = Experiment("absent", summary: "A data set that is not there.") {
    Dataset(.file("absent"))
    Method(MethodVariant(RandomProjection()))
    CodeLengths(8)
    Seeds(1)
  }

  static let imported = Experiment("imported", summary: "A file that a test imports.") {
    Dataset(.file("imported"))
    Method(MethodVariant(LeadingColumns()))
    CodeLengths(4)
    Seeds(1)
  }
}
