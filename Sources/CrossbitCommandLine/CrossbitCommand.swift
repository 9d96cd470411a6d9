import ArgumentParser
public import ExperimentKit
import Foundation

/// The program `crossbit`.
public enum CrossbitCommand {
  /// Parses the arguments of the process, carries out the command and ends the process.
  ///
  /// The exit code is 0 when all went well, 64 when the arguments make no sense, 1 for everything
  /// else; the reason stands in one sentence on the standard error stream.
  ///
  /// - Parameter experiments: All experiments of the program, as the build found them.
  public static func main(experiments: [Experiment]) async -> Never {
    // A file that meets a limit on its size is to fail with a sentence, not to end the process.
    signal(SIGXFSZ, SIG_IGN)
    var command: any ParsableCommand
    do {
      command = try Crossbit.parseAsRoot()
    } catch {
      Crossbit.exit(withError: error)
    }
    do {
      try await Program.$experiments.withValue(experiments) {
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
      }
      Crossbit.exit()
    } catch {
      Crossbit.exit(withError: explained(error))
    }
  }

  /// Prints the sentence of an error of ours; leaves those of the argument parser alone.
  private static func explained(_ error: any Error) -> any Error {
    switch error {
    case is ExitCode: return error
    case let error as ValidationError:
      return ValidationError(error.message.withoutControlCharacters)
    case _ where Crossbit.exitCode(for: error) == .success: return error
    case is UnknownExperiment:
      Console.complain("Error: \(error)")
      return ExitCode.validationFailure
    default:
      Console.complain("Error: \(error)")
      return ExitCode.failure
    }
  }
}

/// What the commands are about; set once around the command that runs.
enum Program {
  @TaskLocal static var experiments: [Experiment] = []

  /// The experiments by name.
  static var catalogue: ExperimentCatalogue {
    get throws { try ExperimentCatalogue(experiments) }
  }
}

/// The root of the command line.
struct Crossbit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crossbit",
    abstract: "Trains, compares and measures cross-modal hashing methods.",
    discussion: """
      An experiment is a Swift file in Experiments/. `crossbit run NAME` runs what is not yet \
      finished of it, several trials at a time, and prints its table. A run that was stopped in \
      any way goes on where it was.
      """,
    version: ProgramVersion.current,
    subcommands: [
      ListCommand.self, PlanCommand.self, RunCommand.self, SubmitCommand.self, StatusCommand.self,
      TrialCommand.self, TableCommand.self, ReportCommand.self, ShowCommand.self, DiffCommand.self,
      VerifyCommand.self, CodesCommand.self, EvaluateCommand.self, CompareCommand.self,
      DataCommand.self, ReportedCommand.self, BoundsCommand.self, TuneCommand.self,
      DoctorCommand.self,
    ])
}
