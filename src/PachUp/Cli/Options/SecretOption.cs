using McMaster.Extensions.CommandLineUtils;

namespace PachUp.Cli.Options;

/// <summary><c>--secret</c>: where the values of secret parameters are. Only these places are stored and shown.</summary>
internal sealed class SecretOption
{
    private readonly CommandOption _references;

    public SecretOption(CommandLineApplication command) => _references = command.Values(
        "--secret <PLACE>", "NAME=env:VARIABLE or NAME=file:PATH: where to read a secret parameter of the plan. May be repeated.");

    /// <summary>The places that were named, each with its parameter.</summary>
    public IReadOnlyList<string> References => _references.Values;

    /// <summary>The options as given, for commands that the user can copy.</summary>
    public IEnumerable<string> Arguments => References.SelectMany(reference => new[] { "--secret", reference });
}
