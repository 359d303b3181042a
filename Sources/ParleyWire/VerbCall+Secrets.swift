internal import ParleyVerbs

extension VerbCall {
    /// Whether an argument derives from a secret, or stands where only a secret does.
    var hasSecret: Bool {
        for argument in arguments {
            if argument.isSecret { return true }
            if spec.slots.indices.contains(argument.slot), spec.slots[argument.slot].isSecret {
                return true
            }
        }
        return false
    }

    /// The call with every argument marked that stands where only a secret does, so that no one
    /// sees a password that was typed as a word.
    var markingSecrets: VerbCall {
        var call = self
        for index in call.arguments.indices {
            let slot = call.arguments[index].slot
            if spec.slots.indices.contains(slot), spec.slots[slot].isSecret {
                call.arguments[index].isSecret = true
            }
        }
        return call
    }
}
