extension LSSH {
  /// Every knob of LSSH.
  public struct Configuration: MethodConfiguration {
    /// μ, weight of the texts' factorisation: 0.5 [code: the authors' demo].
    public var factorisationWeight = 0.5
    /// λ, weight of the tie between both modalities: 1 [code: the authors' demo].
    public var tieWeight = 1.0
    /// ρ, weight of sparsity as a share of the least weight at which a picture's code is all zero:
    /// 0.2 [code: the authors' demo, `rFlag = 1`].
    public var sparsity = 0.2
    /// Atoms of the pictures' dictionary: 512 [code: `solveLSSH.m`].
    public var atomCount = 512
    /// Principal components of the pictures that are coded: 64 [code: `solveLSSH.m`].
    public var imageComponents = 64
    /// Training rows that are drawn where there are more: 5,000 [code: `solveLSSH.m`].
    public var sampleCount = 5000
    /// Iterations over all factors: 20 [code: the authors' demo].
    public var iterations = 20
    /// Steps of a sparse coding: 30 [code: `solveLSSH.m`].
    public var codingSteps = 30
    /// Passes over the atoms of a dictionary in one update; the authors solve the dual problem to its
    /// end [inferred: each pass starts from the last, and ten change little more].
    public var dictionaryPasses = 10

    /// Creates the published configuration.
    public init() {}
  }
}

extension LSSH.Configuration {
  /// The authors' settings.
  public static let unified = LSSH.Configuration()

  /// Seconds instead of minutes: 128 atoms, 10 iterations [our choice].
  public static let short: LSSH.Configuration = {
    var configuration = LSSH.Configuration()
    configuration.atomCount = 128
    configuration.iterations = 10
    return configuration
  }()

  private static let profiles: [(name: String, configuration: LSSH.Configuration)] = [
    ("unified", unified), ("short", short),
  ]

  /// Name of the profile, `custom` for other knobs.
  public var variant: String {
    Self.profiles.first { $0.configuration == self }?.name ?? "custom"
  }
  /// Published for the authors' settings.
  public var fidelity: Fidelity { self == .unified ? .published : .adapted }
  /// `LSSH` for the authors' settings.
  public var reportedName: String? { fidelity == .published ? "LSSH" : nil }

  /// Refuses knobs that make no dictionary or no step.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  func check() throws {
    for (name, value) in [
      ("atomCount", atomCount), ("imageComponents", imageComponents), ("sampleCount", sampleCount),
      ("iterations", iterations), ("codingSteps", codingSteps),
      ("dictionaryPasses", dictionaryPasses),
    ] where value < 1 {
      throw TrainingError.unsuitable("LSSH needs \(name) of at least 1, not \(value).")
    }
    for (name, value) in [
      ("factorisationWeight", factorisationWeight), ("tieWeight", tieWeight),
    ] where !(value > 0) {
      throw TrainingError.unsuitable("LSSH needs \(name) above 0, not \(value).")
    }
    guard sparsity >= 0, sparsity < 1 else {
      throw TrainingError.unsuitable("LSSH needs a sparsity of 0 up to below 1, not \(sparsity).")
    }
  }
}

extension MethodVariant {
  /// Latent semantic sparse hashing: `.lssh(.unified)`, `.lssh(.short)`.
  public static func lssh(_ configuration: LSSH.Configuration = .unified) -> MethodVariant {
    MethodVariant(LSSH(configuration))
  }
}
