public import CrossModalData

extension ITQ {
  /// Every knob of ITQ.
  public struct Configuration: MethodConfiguration {
    /// Which components are rotated.
    public enum Components: String, Sendable, Codable, CaseIterable, Hashable {
      /// Principal components of each modality, with a rotation for each: PCA-ITQ. Codes of
      /// different modalities have nothing in common.
      case ownModality = "own-modality"
      /// Canonical variates of pictures and texts, with one rotation for both.
      case canonical
    }

    /// Which components are rotated [text: principal components; canonical ones, there of features
    /// and labels, are the paper's supervised form; across modalities inferred].
    public var components = Components.ownModality
    /// Number of alternations: 50 [recall].
    public var iterations = 50
    /// Scaling of both modalities: centred [recall].
    public var scaling = FeatureScaling.centred
    /// Added to the scatter matrices of canonical variates: as for ``CCA`` [ours, not searched].
    public var ridge = Ridge.relative(1e-2)
    /// Whether canonical variates are multiplied by their correlations [recall: the paper scales
    /// directions by their eigenvalues].
    public var weightsByCorrelation = true

    /// Creates PCA-ITQ.
    public init() {}
  }
}

extension ITQ.Configuration {
  /// PCA-ITQ of each modality by itself, the paper's unsupervised form.
  public static let ownModality = ITQ.Configuration()

  /// ITQ on canonical variates of pictures and texts.
  public static let canonical: ITQ.Configuration = {
    var configuration = ITQ.Configuration()
    configuration.components = .canonical
    return configuration
  }()

  private static let profiles: [(name: String, configuration: ITQ.Configuration)] = [
    ("own-modality", ownModality), ("canonical", canonical),
  ]

  /// Name of the profile, `custom` for other knobs.
  public var variant: String {
    Self.profiles.first { $0.configuration == self }?.name ?? "custom"
  }

  /// Published for PCA-ITQ; the paper's canonical variates are those of features and labels.
  public var fidelity: Fidelity { self == .ownModality ? .published : .adapted }

  /// None: the carried tables have no such row.
  public var reportedName: String? { nil }
}

extension MethodVariant {
  /// ITQ with the knobs of a profile: `.itq(.ownModality)`, `.itq(.canonical)`.
  public static func itq(_ configuration: ITQ.Configuration = .ownModality) -> MethodVariant {
    MethodVariant(ITQ(configuration))
  }
}
