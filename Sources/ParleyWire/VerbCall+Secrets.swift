internal import ParleyVerbs

extension VerbCall {
    /// Whether an argument derives from a secret, or stands where only a secret does.
    var hasSecret: Bool { arguments.contains(where: isSecret) }

    /// The call with every argument marked that stands where only a secret does, so that no one
    /// sees a password that was typed as a word.
    var markingSecrets: VerbCall {
        var call = self
        for index in call.arguments.indices where isSecret(call.arguments[index]) {
            call.arguments[index].isSecret = true
        }
        return call
    }

    private func isSecret(_ argument: VerbArgument) -> Bool {
        argument.isSecret
            || spec.slots.indices.contains(argument.slot) && spec.slots[argument.slot].isSecret
    }

    /// Throws `auth.clear` where a secret would travel in clear to another machine.
    func requireCover(isEncrypted: Bool, isLoopback: Bool) throws(WireError) {
        guard isEncrypted || isLoopback || allowsClear || !hasSecret else {
            throw WireError(
                .clear,
                "\(spec.wireName): a secret would travel in clear; use TLS or say `in clear`"
            )
        }
    }
}
