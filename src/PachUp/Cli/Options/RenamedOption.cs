using System.Collections.Immutable;
using McMaster.Extensions.CommandLineUtils;
using PachUp.Cli.Terminals;

namespace PachUp.Cli.Options;

/// <summary>An option that has a new name. Scripts use its old names, so these are accepted too, with a warning. Help does not show them.</summary>
internal sealed class RenamedOption
{
    private readonly CommandOption _option;
    private readonly ImmutableArray<CommandOption> _old;

    /// <param name="command">The command.</param>
    /// <param name="option">The option under its new name.</param>
    /// <param name="oldNames">The old names, with their dashes.</param>
    public RenamedOption(CommandLineApplication command, CommandOption option, params IEnumerable<string> oldNames)
    {
        _option = option;
        _old = [.. oldNames.Select(name => Hide(command.Option($"{name} <{option.ValueName}>", $"The old name of {Name}.", option.OptionType)))];
    }

    private string Name => $"--{_option.LongName}";

    /// <summary>The values, under any name. Warns of old names.</summary>
    /// <exception cref="UsageException"><c>-o</c> was given with the name of an output format.</exception>
    public IReadOnlyList<string> ReadAll(Terminal terminal)
    {
        foreach (var old in _old.Where(old => old.HasValue()))
        {
            ThrowIfFormat(old);
            terminal.Warn($"{NameOf(old)} is an old name of this option. Use {Name}.");
        }

        return [.. _option.Values.Concat(_old.SelectMany(old => old.Values)).OfType<string>()];
    }

    /// <summary>The value, under any name; null if it was not given or is empty. Warns of old names.</summary>
    /// <exception cref="UsageException">It was given under two names, or <c>-o</c> was given with the name of an output format.</exception>
    public string? Read(Terminal terminal) => _old.Prepend(_option).Where(option => option.HasValue()).Select(NameOf).ToList() is [var one, var other, ..]
        ? throw new UsageException($"{one} and {other} cannot be used together", $"{other} is an old name of {Name}. Use only {Name}.")
        : ReadAll(terminal) is [{ Length: > 0 } value] ? value : null;

    /// <summary>Most commands take the format with <c>-o</c>. A file with that name is probably not meant.</summary>
    private void ThrowIfFormat(CommandOption old)
    {
        if (old.ShortName == OutputOption.ShortName && OutputOption.IsFormat(old.Value()))
        {
            throw new UsageException(
                $"-o is an old name of {Name} here, so \"-o {old.Value()}\" does not choose the format", $"For the format, use --output {old.Value()}; for the file, use {Name}.");
        }
    }

    private static CommandOption Hide(CommandOption option)
    {
        option.ShowInHelpText = false;
        return option;
    }

    private static string NameOf(CommandOption option) => option.LongName is { Length: > 0 } name ? $"--{name}" : $"-{option.ShortName}";
}
