using System.Text;

namespace PachUp.Commands.Completions;

/// <summary>
/// The completion of a shell that asks a function for words: bash and zsh. The function finds the command in the words so far, and then offers its
/// options, its commands, or the values of its argument.
/// </summary>
internal abstract class FunctionCompletion
{
    /// <summary>Everything before the words: the function <c>_pachup_value KIND</c>, and the beginning of <c>_pachup</c> up to its loop over words.</summary>
    protected abstract string Beginning { get; }

    /// <summary>Everything after the last command.</summary>
    protected abstract string End { get; }

    /// <summary>The statement that offers words that are known now.</summary>
    protected abstract string Offer(string words);

    /// <summary>The whole script.</summary>
    public string Write(IReadOnlyList<CommandWords> commands)
    {
        var script = new StringBuilder(Beginning.ReplaceLineEndings("\n"));
        script.Append("    word=\"${at:+$at }$word\"\n    case $word in\n");
        foreach (var command in commands.Where(command => command.Path.Length > 0))
        {
            script.Append($"      '{command.Path}') at=$word ;;\n");
        }

        script.Append("    esac\n  done\n  case $at in\n");
        foreach (var command in commands)
        {
            AppendCommand(script, command);
        }

        return script.Append("  esac\n").Append(End.ReplaceLineEndings("\n")).ToString();
    }

    private void AppendCommand(StringBuilder script, CommandWords command)
    {
        script.Append($"    '{command.Path}')\n      case $prev in\n");
        foreach (var group in command.Options.Where(option => option.Value is not null).GroupBy(option => option.Value))
        {
            script.Append($"        {string.Join('|', group.Select(option => option.Name))}) _pachup_value {CompleteCommand.WordOf(group.Key!.Value)} ;;\n");
        }

        var rest = command.Commands.Count > 0
            ? Offer(string.Join(' ', command.Commands))
            : $"_pachup_value {CompleteCommand.WordOf(command.Argument ?? ValueKind.Text)}";
        script.Append($"        *) if [[ $cur == -* ]]; then {Offer(string.Join(' ', command.Options.Select(option => option.Name)))}\n");
        script.Append($"           else {rest}; fi ;;\n      esac ;;\n");
    }
}
