import Foundation

// Foundation's functions under names that do not collide with methods of the types that use them.
func logarithm(_ value: Double) -> Double { Foundation.log(value) }
func cosine(_ value: Double) -> Double { Foundation.cos(value) }
