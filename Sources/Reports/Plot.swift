/// A line plot as a value: axes, series, no appearance.
struct Plot {
  /// What stands above the plot.
  let title: String
  /// Name of the horizontal axis.
  let xLabel: String
  /// Name of the vertical axis.
  let yLabel: String
  /// Scale of the horizontal axis.
  let xScale: PlotScale
  /// Scale of the vertical axis.
  let yScale: PlotScale
  /// The lines, in the order of the legend.
  let series: [Series]
  /// Part of the horizontal axis with a tinted ground.
  var marked: ClosedRange<Double>?
  /// Whether lines join the points of a series; markers alone stand where not.
  var joinsPoints = true

  /// One line of a plot.
  struct Series {
    /// Name in the legend.
    let name: String
    /// Points from left to right, as the line joins them.
    let points: [Point]
    /// Whether it is chance or the label oracle rather than a method.
    let isReference: Bool
  }

  /// A point in the units of the axes.
  struct Point: Equatable {
    let x: Double
    let y: Double
  }
}
