public import CrossModalData

extension SCM {
  /// Every knob of SCM-seq.
  public struct Configuration: MethodConfiguration {
    /// Scaling of both modalities: centred [code: `demo_SCM.m`].
    public var scaling = FeatureScaling.centred
    /// Added to both scatter matrices: 10⁻⁶ [code: `trainSCM_seq.m`].
    public var ridge = Ridge.absolute(1e-6)
    /// Bits beyond the canonical directions, which fill a code when no further bit would lower the
    /// loss [inferred; that canonical directions take over is code].
    public var extraBits = ExtraBits.randomProjections

    /// Creates the published configuration.
    public init() {}
  }
}

extension SCM.Configuration {
  /// The authors' sequential learning.
  public static let sequential = SCM.Configuration()

  /// `sequential`, with any other knobs `custom`.
  public var variant: String { self == .sequential ? "sequential" : "custom" }
  /// Published for the authors' settings.
  public var fidelity: Fidelity { self == .sequential ? .published : .adapted }
  /// `SCM` for the authors' settings.
  public var reportedName: String? { fidelity == .published ? "SCM" : nil }
}

extension MethodVariant {
  /// SCM with sequential learning: `.scm()`.
  public static func scm(_ configuration: SCM.Configuration = .sequential) -> MethodVariant {
    MethodVariant(SCM(configuration))
  }
}
