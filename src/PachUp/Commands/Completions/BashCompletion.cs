using System.Text;

namespace PachUp.Commands.Completions;

/// <summary>The completion of bash 4.2 and later. It needs nothing but bash itself.</summary>
internal static class BashCompletion
{
    public static string Write(IReadOnlyList<CommandWords> commands)
    {
        var script = new StringBuilder();
        script.Append(
            """
            # bash completion of pachup
            _pachup_names() {
              local IFS=$'\n'
              COMPREPLY+=($(compgen -W "$(pachup complete "$1" 2>/dev/null)" -- "$cur"))
            }

            _pachup_value() {
              case $1 in
                text) ;;
                file) COMPREPLY+=($(compgen -f -- "$cur")) ;;
                plan) _pachup_names plan; COMPREPLY+=($(compgen -f -- "$cur")) ;;
                *) _pachup_names "$1" ;;
              esac
            }

            _pachup() {
              local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} at= word i
              COMPREPLY=()
              # bash takes a colon for the end of a word: "context:prod" is three words for it.
              if declare -F _get_comp_words_by_ref >/dev/null; then _get_comp_words_by_ref -n : cur prev; fi
              for ((i = 1; i < COMP_CWORD; i++)); do
                word="${at:+$at }${COMP_WORDS[i]}"
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
              if declare -F __ltrim_colon_completions >/dev/null; then __ltrim_colon_completions "$cur"; fi
            }
            complete -o bashdefault -F _pachup pachup

            """.ReplaceLineEndings("\n")).ToString();
    }

    private static void AppendCommand(StringBuilder script, CommandWords command)
    {
        script.Append($"    '{command.Path}')\n      case $prev in\n");
        foreach (var group in command.Options.Where(option => option.Value is not null).GroupBy(option => option.Value))
        {
            script.Append($"        {string.Join('|', group.Select(option => option.Name))}) _pachup_value {CompleteCommand.WordOf(group.Key!.Value)} ;;\n");
        }

        var words = string.Join(' ', command.Commands);
        script.Append($"        *) if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W '{string.Join(' ', command.Options.Select(option => option.Name))}' -- \"$cur\")); else\n");
        script.Append(command.Commands.Count > 0
            ? $"             COMPREPLY=($(compgen -W '{words}' -- \"$cur\"))\n"
            : $"             _pachup_value {CompleteCommand.WordOf(command.Argument ?? ValueKind.Text)}\n");
        script.Append("           fi ;;\n      esac ;;\n");
    }
}
