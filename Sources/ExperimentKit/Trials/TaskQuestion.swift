import Retrieval

/// One evaluation of a trial: a task against one kind of database codes.
struct TaskQuestion: Hashable {
  let task: RetrievalTask
  let databaseCodes: DatabaseCodes

  /// What a manifest asks of a trial, in a stable order.
  ///
  /// Joint codes are asked of coders that have them. Reference points have none and are measured
  /// by their one code, whatever the manifest asks. Tasks inside one modality are asked of codes
  /// of the own modality only.
  static func all(
    for coder: Trial.Coder, of experiment: Experiment, jointCodes: Bool
  ) -> [TaskQuestion] {
    let kinds: [DatabaseCodes] =
      switch coder {
      case .reference: [.ownModality]
      case .method: experiment.databaseCodes.filter { $0 == .ownModality || jointCodes }
      }
    return kinds.flatMap { kind in
      experiment.tasks.filter { kind == .ownModality || Experiment.crossingTasks.contains($0) }
        .map { TaskQuestion(task: $0, databaseCodes: kind) }
    }
  }
}

extension TaskResult {
  /// What the result answers.
  var question: TaskQuestion { TaskQuestion(task: task, databaseCodes: databaseCodes) }
}

extension TrialCodes {
  /// Whether the retrieval set has codes of pairs.
  var hasJoint: Bool { retrievalPair != nil }

  /// Number of codes.
  package var itemCount: Int {
    queryImage.count + queryText.count + retrievalImage.count + retrievalText.count
      + (retrievalPair?.count ?? 0)
  }

  /// The codes that ask in a task.
  func queries(for task: RetrievalTask) -> BinaryCodes {
    switch task {
    case .imageToText, .imageToImage: queryImage
    case .textToImage, .textToText: queryText
    }
  }

  /// The codes that are searched; nil where the method has none of this kind.
  func retrieval(for question: TaskQuestion) -> BinaryCodes? {
    switch (question.databaseCodes, question.task) {
    case (.joint, _): retrievalPair
    case (.ownModality, .imageToText), (.ownModality, .textToText): retrievalText
    case (.ownModality, .textToImage), (.ownModality, .imageToImage): retrievalImage
    }
  }
}
