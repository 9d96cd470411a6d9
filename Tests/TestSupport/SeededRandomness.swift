public import Tensors

/// The stream that a test draws from: one seed, a name for each use.
public func testStream(_ name: String) -> RandomStream {
  RandomStream(seed: 20_261_122).stream(name)
}
