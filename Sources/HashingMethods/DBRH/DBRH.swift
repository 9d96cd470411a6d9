import CrossModalData
import NeuralNetworks
import Tensors

/// Deep Binary Reconstruction, which its papers call DBRC.
///
/// An unsupervised auto-encoder over both modalities whose shared layer is binarised inside the
/// network by tanh with a learned scale per bit; copies of it are fine-tuned for queries that have
/// one modality only. Hu, Nie & Li, ACM MM 2017 and IEEE TMM 2019; equations in
/// `Documentation/Methods/DBRH.md`.
public struct DBRH: HashingMethod {
  /// Name, paper and version.
  public static let description = MethodDescription(
    identifier: "dbrh", displayName: "DBRH (DBRC)",
    paper: "Hu, Nie & Li, Deep Binary Reconstruction for Cross-modal Hashing, IEEE TMM 2019",
    algorithmVersion: 1)

  /// The knobs in use.
  public let configuration: Configuration

  /// Creates the method with a profile or knobs of your own.
  public init(_ configuration: Configuration = .linear) {
    self.configuration = configuration
  }

  /// Trains the joint network, then one fine-tuned copy for each modality.
  ///
  /// Labels are not looked at.
  ///
  /// - Throws: ``TrainingError`` when the loss is not finite or the configuration has no layers.
  public func train(
    on data: TrainingData, bits: Int, context: TrainingContext
  ) throws -> TrainedHashing {
    guard !configuration.encoderUnits.isEmpty else {
      throw TrainingError.unsuitable("DBRH needs at least one hidden layer in its encoders.")
    }
    let imageScaling = configuration.imageScaling.fitted(to: data.image)
    let textScaling = configuration.textScaling.fitted(to: data.text)
    let joint = DBRHNetwork(
      imageColumns: data.image.columns, textColumns: data.text.columns, bits: bits, configuration,
      random: context.random)
    let imageOnly: DBRHNetwork
    let textOnly: DBRHNetwork
    var curve: [LearningCurvePoint] = []

    var stage = DBRHStage(
      image: imageScaling.scaled(data.image), text: textScaling.scaled(data.text), configuration,
      context)
    curve += try stage.run("joint training", joint, updates: configuration.jointUpdates)
    imageOnly = DBRHNetwork(copying: joint)
    stage.hidden = .text
    curve += try stage.run(
      "image fine-tuning", imageOnly, updates: configuration.fineTuningUpdates)
    textOnly = DBRHNetwork(copying: joint)
    stage.hidden = .image
    curve += try stage.run("text fine-tuning", textOnly, updates: configuration.fineTuningUpdates)

    // A missing modality is zero after scaling, as it was in fine-tuning.
    let (imageColumns, textColumns) = (data.image.columns, data.text.columns)
    let encodeImage = EncodingNetwork(imageScaling) { x in
      imageOnly.codes(x, x.tape.zeros(rows: x.rows, columns: textColumns))
    }
    let encodeText = EncodingNetwork(textScaling) { y in
      textOnly.codes(y.tape.zeros(rows: y.rows, columns: imageColumns), y)
    }
    let encodePair = PairEncodingNetwork(imageScaling, textScaling, joint.codes)
    return TrainedHashing(
      image: encodeImage.callAsFunction, text: encodeText.callAsFunction,
      pair: encodePair.callAsFunction, learningCurve: curve,
      passes: Double(
        (configuration.jointUpdates + 2 * configuration.fineTuningUpdates)
          * min(configuration.batchSize, data.count)) / Double(data.count))
  }
}
