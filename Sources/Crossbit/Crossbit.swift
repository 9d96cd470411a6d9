// The one import of a manifest: everything that an experiment may name.
@_exported import ArrayFiles
@_exported import CrossModalData
@_exported import ExperimentKit
@_exported import HashingMethods
@_exported import NeuralNetworks
@_exported import ReportedNumbers
@_exported import Retrieval
@_exported import Tensors
