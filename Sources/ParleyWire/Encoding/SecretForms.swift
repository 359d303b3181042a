/// The spellings under which a secret can turn up on the wire or in a report, longest first: plain,
/// base64 at each of its three alignments and in both alphabets, hex, percent-encoded, xtext,
/// quoted-printable, and with the escapes of quoted strings, JSON and XML.
///
/// Whoever redacts looks for all of them. Spellings under 4 octets are left out: they stand
/// everywhere.
public func secretForms(of secret: [UInt8]) -> [[UInt8]] {
    var forms: [[UInt8]] = [secret, Base64.encode(secret)]
    for alignment in 0..<3 {
        // Octets before and behind the secret change the letters they share with it; the rest
        // stays.
        let encoded = Base64.encode([UInt8](repeating: 0, count: alignment) + secret)
        let first = (alignment * 8 + 5) / 6
        let last = (alignment + secret.count) * 8 / 6
        if first < last { forms.append(Array(encoded[first..<last])) }
    }
    forms += forms.dropFirst().map { form in
        form.map { $0 == 0x2B ? 0x2D : $0 == 0x2F ? 0x5F : $0 }
    }
    let (lower, upper) = (Array("0123456789abcdef".utf8), Array("0123456789ABCDEF".utf8))
    for digits in [lower, upper] {
        func hex(_ byte: UInt8, _ prefix: [UInt8] = []) -> [UInt8] {
            prefix + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        forms.append(secret.flatMap { hex($0) })
        forms.append(secret.flatMap { hex($0, [0x25]) })
        forms.append(secret.flatMap { isUnreserved($0) ? [$0] : hex($0, [0x25]) })
        forms.append(
            secret.flatMap {
                0x21...0x7E ~= $0 && $0 != 0x2B && $0 != 0x3D ? [$0] : hex($0, [0x2B])
            }
        )
        forms.append(
            secret.flatMap { 0x20...0x7E ~= $0 && $0 != 0x3D ? [$0] : hex($0, [0x3D]) }
        )
        forms.append(
            secret.flatMap { 0x20...0x7E ~= $0 && $0 != 0x5C ? [$0] : hex($0, [0x5C, 0x78]) }
        )
    }
    forms.append(secret.flatMap { $0 == 0x22 || $0 == 0x5C ? [0x5C, $0] : [$0] })
    forms.append(secret.flatMap { $0 == 0x22 || $0 == 0x5C || $0 == 0x2F ? [0x5C, $0] : [$0] })
    forms.append(secret.flatMap { $0 == 0x20 ? [0x2B] : [$0] })
    // In XML quotes are escaped in attributes, apostrophes here and there, neither in text.
    var entities: [UInt8: String] = [0x26: "&amp;", 0x3C: "&lt;", 0x3E: "&gt;"]
    let quotes: [(byte: UInt8, entity: String?)] = [
        (0x22, nil), (0x22, "&quot;"), (0x27, "&#39;"), (0x27, "&apos;"),
    ]
    for (byte, entity) in quotes {
        entities[byte] = entity
        forms.append(secret.flatMap { entities[$0].map { Array($0.utf8) } ?? [$0] })
    }

    var seen: Set<[UInt8]> = []
    return forms.filter { $0.count >= 4 && seen.insert($0).inserted }
        .sorted { $0.count > $1.count }
}

private func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
}
