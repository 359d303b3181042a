/// Bytes for keys, nonces and boundaries, from the kernel's generator.
public enum SecureRandom {
    /// So many unpredictable bytes.
    public static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<max(0, count)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
