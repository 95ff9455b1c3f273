using System.Text;

namespace PachUp.Commands.Completions;

/// <summary>The completion of zsh.</summary>
internal static class ZshCompletion
{
    public static string Write(IReadOnlyList<CommandWords> commands)
    {
        var script = new StringBuilder();
        script.Append(
            """
            #compdef pachup
            # zsh completion of pachup
            _pachup_names() {
              local -a names
              names=(${(f)"$(pachup complete $1 2>/dev/null)"})
              compadd -a names
            }

            _pachup_value() {
              case $1 in
                text) ;;
                file) _files ;;
                plan) _pachup_names plan; _files ;;
                *) _pachup_names $1 ;;
              esac
            }

            _pachup() {
              local at= word prev=${words[CURRENT-1]} cur=${words[CURRENT]} i
              for ((i = 2; i < CURRENT; i++)); do
                word="${at:+$at }${words[i]}"
                case $word in

            """.ReplaceLineEndings("\n"));
        foreach (var command in commands.Where(command => command.Path.Length > 0))
        {
            script.Append($"      '{command.Path}') at=$word ;;\n");
        }

        script.Append("    esac\n  done\n  case $at in\n");
        foreach (var command in commands)
        {
            AppendCommand(script, command);
        }

        return script.Append(
            """
              esac
            }
            if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _pachup "$@"; else compdef _pachup pachup; fi

            """.ReplaceLineEndings("\n")).ToString();
    }

    private static void AppendCommand(StringBuilder script, CommandWords command)
    {
        script.Append($"    '{command.Path}')\n      case $prev in\n");
        foreach (var group in command.Options.Where(option => option.Value is not null).GroupBy(option => option.Value))
        {
            script.Append($"        {string.Join('|', group.Select(option => option.Name))}) _pachup_value {CompleteCommand.WordOf(group.Key!.Value)} ;;\n");
        }

        script.Append($"        *) if [[ $cur == -* ]]; then compadd -- {string.Join(' ', command.Options.Select(option => option.Name))}; else\n");
        script.Append(command.Commands.Count > 0
            ? $"             compadd -- {string.Join(' ', command.Commands)}\n"
            : $"             _pachup_value {CompleteCommand.WordOf(command.Argument ?? ValueKind.Text)}\n");
        script.Append("           fi ;;\n      esac ;;\n");
    }
}
