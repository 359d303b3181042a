import ParleyDiagnostics

extension JSONWriter {
    /// Writes the id of a request as it came: a string, a whole number, or else `null`.
    mutating func value(id: JSONValue) {
        if let text = id.string {
            value(text)
        } else if let number = id.integer {
            value(number)
        } else {
            null()
        }
    }
}
