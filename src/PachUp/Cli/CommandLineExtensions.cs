using System.ComponentModel.DataAnnotations;
using McMaster.Extensions.CommandLineUtils;

namespace PachUp.Cli;

/// <summary>How commands describe themselves.</summary>
internal static class CommandLineExtensions
{
    /// <summary>Shows examples in the help of a command.</summary>
    public static void AddExamples(this CommandLineApplication command, params string[] examples) => command.ExtendedHelpText = string.Join('\n', examples);

    /// <summary>Checks the options of a command together, before it runs. The check throws a <see cref="UsageException"/>.</summary>
    public static void Check(this CommandLineApplication command, Action check) => command.OnValidate(_ =>
    {
        check();
        return ValidationResult.Success!;
    });

    /// <summary>An option without a value.</summary>
    public static CommandOption Flag(this CommandLineApplication command, string template, string description) =>
        command.Option(template, description, CommandOptionType.NoValue);

    /// <summary>An option with a value.</summary>
    public static CommandOption Value(this CommandLineApplication command, string template, string description) =>
        command.Option(template, description, CommandOptionType.SingleValue);

    /// <summary>An option that may be given several times.</summary>
    public static CommandOption Values(this CommandLineApplication command, string template, string description) =>
        command.Option(template, description, CommandOptionType.MultipleValue);

    /// <summary>The path in an option; null if it was not given.</summary>
    /// <exception cref="UsageException">It is empty, for example because a shell variable is not set.</exception>
    public static string? Path(this CommandOption option) => option.Value() is { Length: 0 }
        ? throw new UsageException($"--{option.LongName} is empty", $"Give a path, or leave --{option.LongName} out.")
        : option.Value();

    /// <summary>The value of a required argument.</summary>
    /// <exception cref="UsageException">It was not given.</exception>
    public static string Required(this CommandArgument argument, string remedy) =>
        string.IsNullOrEmpty(argument.Value) ? throw new UsageException($"{argument.Name} is missing", remedy) : argument.Value;
}
