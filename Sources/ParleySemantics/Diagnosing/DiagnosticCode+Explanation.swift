extension DiagnosticCode {
    /// The paragraph of `parley explain CODE`.
    var explanation: String {
        switch self {
        case .nameUnknown:
            """
            The script uses a name that nothing binds at this point. Names come from `param`, \
            `secret`, `let`, `as NAME`, `for`, `cases` and from files named with `use`; a name \
            bound inside `if`, `for`, `repeat`, `parallel`, `finally` or a dialogue ends with that \
            block. Nothing is sent while a name is unknown. A host name in an expression is text \
            and stands in quotes.
            """
        case .nameDuplicate:
            """
            A name is bound a second time, or hides a name that is already visible. Every name is \
            bound once, so that a value in a report can have only one origin; only `for` and \
            `eventually` bind anew in each round. Choose another name.
            """
        case .nameField:
            """
            A value has no field of that name. Each kind has fixed fields: a reply has `code \
            enhanced text lines raw took`, a certificate `subject issuer names expires remaining` \
            and more. The message lists those of the kind at hand.
            """
        case .nameFunction:
            """
            No built-in function has that name. A script cannot define functions; what several \
            tests share is a `dialogue`, done with `do NAME(arguments)`.
            """
        case .nameKind:
            """
            No kind of value has that name. Kinds behind `param NAME:` are bool, int, float, \
            string, bytes, duration, size, code, enhanced, address, domain, ip and endpoint.
            """
        case .nameProtocol:
            """
            `connect` and `server` name a protocol first: smtp, smtps, lmtp, tcp, tls. The word \
            there is none of them.
            """
        case .nameSetting:
            """
            `with`, `profile`, `defaults`, `timeouts` and the header of a server set what is known \
            by name; this name is not a parameter or a setting there.
            """
        case .nameFile:
            """
            A file named with `use` could not be read. Files are looked up beside the script that \
            names them, and only below the folder of the script that is run.
            """
        case .nameCircle:
            """
            A file uses itself, or a dialogue does itself, directly or by way of others. Dialogues \
            are written out where they are done, so a circle would never end; use `repeat` or \
            `eventually` to do something again.
            """
        case .nameLiteral:
            """
            A word is taken as it stands, and a parameter, a secret or another value has that very \
            name: `auth plain user pass` sends the letters u, s, e, r. Words are literal; only \
            `${user}` inserts a value. If the word itself is meant, put it into quotes: `"user"`.
            """
        case .nameSignal:
            """
            `await NAME` waits for a signal that no `signal NAME` gives in the script, its servers \
            or the files it uses, so that it can only end at its limit, with `time.signal`. Most \
            often one of the two names is misspelt.
            """
        case .typeMismatch:
            """
            A value has another kind than its place demands: text where a number is compared, a \
            list where one value is inserted, a condition that is neither true nor false. Kinds \
            are never converted silently; `string(x)`, `int(x)`, `size(x)` and `duration(x)` \
            convert.
            """
        case .typeUnit:
            """
            A duration or a size meets a plain number. `> 30` on a duration could mean seconds or \
            minutes, so the unit is written: `30s`, `5m`, `20MB`.
            """
        case .typeOptional:
            """
            A value that may be missing is used as if it were there: the enhanced code of a reply \
            without one, a `capture` that found nothing. Give a value for that case with \
            `default V`, or ask `== none`.
            """
        case .typeText:
            """
            A list, a record or a value that may be missing cannot become part of a text. Insert \
            one of its fields or elements, or join a list with `join(list, ", ")`.
            """
        case .typeLiteral:
            """
            A constant is not written as its kind demands: a duration is `250ms`, `30s`, `5m`, \
            `2h` or `21d`, a size `512B`, `10KB`, `20MB` or `1GB`, an address `a@example.net`, an \
            IPv6 address with a port `[2001:db8::1]:25`.
            """
        case .typePattern:
            """
            A regular expression does not compile, or a group is asked for that it does not have. \
            The pattern language is PCRE2's, on octets, with a limit on the steps of a match.
            """
        case .typeConstant:
            """
            This value must be known before anything runs, so nothing may be inserted into it.
            """
        case .typeArguments:
            """
            A function or a dialogue is given too few or too many arguments.
            """
        case .sessionNone:
            """
            A verb or an attribute such as `tls` or `reply` needs a session, and none is open at \
            this point of the text. A session lives until its block ends: one opened inside `if`, \
            `for`, `repeat`, `parallel` or `finally` is closed there. `connect` first.
            """
        case .sessionUnknown:
            """
            The label before `:` or the name before a dot is not that of an open session. \
            `connect … as NAME` names one.
            """
        case .sessionOver:
            """
            A verb stands behind a `quit` of the same session. A session that was left with `quit` \
            is over but still the current one, so that its last reply can be judged; a verb on it \
            would not be sent. `connect` anew, `close` it to go back to the session opened before, \
            or name the one you mean: `NAME: verb`.
            """
        case .sessionOuter:
            """
            A branch of `parallel` or a round of `for … parallel` uses a session that was opened \
            outside. Two branches that write to one connection would garble it, so every branch \
            opens its own.
            """
        case .sessionName:
            """
            A session is named like a statement or a verb; `quit: …` could then be read in two \
            ways. Choose another name.
            """
        case .verbUnknown:
            """
            No protocol has a verb of that name, and no statement begins with it. To send a line \
            that Parley does not know, write `send WORDS`.
            """
        case .verbProtocol:
            """
            The verb belongs to another protocol than the session speaks. A bare verb speaks on \
            the session that was opened last; `NAME: verb` speaks on a named one.
            """
        case .verbArgument:
            """
            An argument of a verb cannot be what the protocol demands there: an address without a \
            domain, a number with letters, a line break. To send malformed text on purpose, write \
            `send`, which sends words as they are.
            """
        case .verbUsage:
            """
            A statement or a verb is given too few or too many words, or a clause twice. The help \
            line shows what it takes.
            """
        case .verbExpectation:
            """
            The right side of `=>` cannot be an answer to what stands on the left: `OK` from a \
            protocol that answers with codes, `refused` from a verb, a bare text. Alternatives \
            are codes (`250`, `25x`, `2xx`), enhanced codes (`5.1.1`), `any`, `closed`, `timeout`, \
            each perhaps with `matching /…/`, joined by `or`.
            """
        case .verbTail:
            """
            `=>`, `within`, `as` or `else warn` stands on a statement that it does not fit.
            """
        case .verbPipeline:
            """
            RFC 2920 lets commands be sent ahead only if they do not change what follows: EHLO, \
            DATA, AUTH, VRFY, EXPN, NOOP and QUIT come last in `pipeline { }`, which holds \
            nothing but verbs. `pipeline force { }` breaks the rule on purpose. STARTTLS changes \
            the connection itself and stands behind a pipeline.
            """
        case .permissionSecret:
            """
            A value that derives from a secret stands where it would be shown or stored: in a \
            title, a path, a measure, a parameter. Secrets may go into verbs and `send`, where \
            every transcript hides them. Comparing a secret gives a plain true or false.
            """
        case .structure:
            """
            A statement stands where it has no meaning: a verb outside a test, `finally` that is \
            not the last statement of its block, something else than `step` and `do` in \
            `parallel { }`.
            """
        case .reserved:
            """
            The language has this form, and this version of Parley does not carry it out yet. The \
            script is right; nothing is sent, since a test that runs in part would report less \
            than it says.
            """
        }
    }
}
