extension ParameterValue {
    static func problem(word: String, _ words: [String]) -> ParameterProblem? {
        let upper = word.asciiUppercased
        guard !words.contains(upper) else { return nil }
        return ParameterProblem(
            "‘\(word)’ is none of: \(words.joined(separator: " "))",
            wrong: upper,
            allowed: words
        )
    }

    static func problem(
        list: String,
        _ words: [String],
        _ exclusive: String
    ) -> ParameterProblem? {
        let given = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        for word in given {
            if let problem = problem(word: word, words + [exclusive]) { return problem }
        }
        let upper = given.map(\.asciiUppercased)
        if upper.count > 1, upper.contains(exclusive) {
            return ParameterProblem(
                "\(exclusive) excludes all else",
                "leave \(exclusive) out, or write it alone"
            )
        }
        if Set(upper).count < upper.count {
            return ParameterProblem("‘\(list)’ says one thing twice", "write each word once")
        }
        return nil
    }

    static func problem(xtext: String, limit: Int) -> ParameterProblem? {
        guard XText.decode(xtext.utf8) != nil else {
            let encoded = String(decoding: XText.encode(xtext.utf8), as: UTF8.self)
            return ParameterProblem(
                "‘\(xtext)’ is no xtext of RFC 3461",
                "write \(encoded), or insert the value: it is encoded then"
            )
        }
        guard xtext.utf8.count <= limit else {
            return ParameterProblem("the value is longer than \(limit) characters", "shorten it")
        }
        return nil
    }

    static func problem(originalRecipient text: String) -> ParameterProblem? {
        guard let semicolon = text.firstIndex(of: ";") else {
            return ParameterProblem("the type of the address is missing", "write rfc822;\(text)")
        }
        let kind = text[..<semicolon]
        let address = text[text.index(after: semicolon)...]
        let isKind = kind.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
            default: false
            }
        }
        guard !kind.isEmpty, isKind else {
            return ParameterProblem("‘\(kind)’ is no type of an address", "write rfc822;…")
        }
        guard !address.isEmpty else {
            return ParameterProblem("no address stands behind ‘\(kind);’")
        }
        guard text.utf8.count <= 500 else {
            return ParameterProblem("the value is longer than 500 characters", "shorten it")
        }
        // RFC 6533 §3: `utf-8` addresses may go out as they are under SMTPUTF8.
        if String(kind).asciiLowercased == "utf-8" {
            guard !UniText.isValid(address) else { return nil }
            return ParameterProblem(
                "‘\(address)’ is no address of RFC 6533",
                "write \(UniText.encode(String(address))), or insert the value: it is encoded then"
            )
        }
        return problem(xtext: String(address), limit: 500)
    }

    static func problem(deliverBy text: String) -> ParameterProblem? {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            return ParameterProblem("the seconds or the mode is missing", "write 120;R")
        }
        let hasSign = parts[0].first == "-" || parts[0].first == "+"
        let digits = hasSign ? parts[0].dropFirst() : parts[0]
        guard digits.utf8.decimalNumber(digits: 9) != nil, let seconds = Int(parts[0]) else {
            return ParameterProblem("‘\(parts[0])’ is no number of at most nine digits")
        }
        let mode = String(parts[1])
        if let problem = problem(word: mode, ["N", "R", "NT", "RT"]) { return problem }
        // RFC 2852 §4: what may be returned must have time left.
        if mode.asciiUppercased.hasPrefix("R"), seconds <= 0 {
            return ParameterProblem("mode R needs more than 0 seconds", "write \(seconds);N")
        }
        return nil
    }

    static func problem(ip text: String, _ states: [String]) -> ParameterProblem? {
        if states.contains(text) || AddressText.isIPv4(text) { return nil }
        if text.prefix(5).description.asciiUppercased == "IPV6:" {
            if AddressText.isIPv6(String(text.dropFirst(5))) { return nil }
        } else if AddressText.isIPv6(text) {
            return ParameterProblem("an IPv6 address has a prefix here", "write IPV6:\(text)")
        }
        return ParameterProblem("‘\(text)’ is no IP address", wrong: text, allowed: states)
    }
}
