@main
enum RegisterExperiments {
  static func main() {}
}
