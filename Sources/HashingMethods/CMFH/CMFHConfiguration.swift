public import CrossModalData

extension CMFH {
  /// Every knob of CMFH.
  public struct Configuration: MethodConfiguration {
    /// λ, weight of the pictures' factorisation; that of the texts' is 1 − λ: 0.5 [code, recall].
    public var imageWeight = 0.5
    /// μ, weight of the projections: 100 [code, recall].
    public var projectionWeight = 100.0
    /// γ, weight of all squared norms: 0.01 [code, recall].
    public var regularisation = 0.01
    /// Training ends when the sum of the loss's weighted norms, not squared, falls by less: 0.01
    /// [code: `solveCMFH.m`].
    public var tolerance = 0.01
    /// Most iterations; in the authors' code there is no limit [ours].
    public var iterationLimit = 1000
    /// Scaling of both modalities: centred [recall].
    public var scaling = FeatureScaling.centred

    /// Creates the published configuration.
    public init() {}
  }
}

extension CMFH.Configuration {
  /// The authors' settings.
  public static let unified = CMFH.Configuration()

  /// `unified`, with any other knobs `custom`.
  public var variant: String { self == .unified ? "unified" : "custom" }
  /// Published for the authors' settings.
  public var fidelity: Fidelity { self == .unified ? .published : .adapted }
  /// `CMFH` for the authors' settings.
  public var reportedName: String? { fidelity == .published ? "CMFH" : nil }

  /// Refuses knobs without a minimum.
  ///
  /// - Throws: ``TrainingError/unsuitable(_:)``.
  func check() throws {
    guard imageWeight > 0, imageWeight < 1 else {
      throw TrainingError.unsuitable("CMFH needs imageWeight between 0 and 1, not \(imageWeight).")
    }
    for (name, value) in [
      ("projectionWeight", projectionWeight), ("regularisation", regularisation),
      ("iterationLimit", Double(iterationLimit)),
    ] where !(value > 0) {
      throw TrainingError.unsuitable("CMFH needs \(name) above 0, not \(value).")
    }
  }
}

extension MethodVariant {
  /// Collective matrix factorisation hashing: `.cmfh()`.
  public static func cmfh(_ configuration: CMFH.Configuration = .unified) -> MethodVariant {
    MethodVariant(CMFH(configuration))
  }
}
