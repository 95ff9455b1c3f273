using System.Text;

namespace PachUp.Commands.Completions;

/// <summary>The completion of fish 3 and later.</summary>
internal static class FishCompletion
{
    public static string Write(IReadOnlyList<CommandWords> commands)
    {
        var script = new StringBuilder();
        script.Append(
            """
            # fish completion of pachup
            # Whether the words so far name exactly this command.
            function __pachup_at
              set -l words (commandline -opc)[2..-1]
              set -l at
              for word in $words
                set -l next (string join ' ' -- $at $word)
                contains -- "$next" $__pachup_commands; and set at $at $word
              end
              test "$at" = "$argv"
            end


            """.ReplaceLineEndings("\n"));
        script.Append($"set -g __pachup_commands {string.Join(' ', commands.Where(command => command.Path.Length > 0).Select(command => $"'{command.Path}'"))}\n");
        script.Append("complete -c pachup -f\n");
        foreach (var command in commands)
        {
            AppendCommand(script, command);
        }

        return script.ToString();
    }

    private static void AppendCommand(StringBuilder script, CommandWords command)
    {
        var condition = $"complete -c pachup -n '__pachup_at {command.Path}'";
        if (command.Commands.Count > 0)
        {
            script.Append($"{condition} -a '{string.Join(' ', command.Commands)}'\n");
        }

        if (command.Argument is { } argument and not ValueKind.Text)
        {
            script.Append($"{condition} {ValuesOf(argument)}\n");
        }

        foreach (var option in command.Options)
        {
            script.Append($"{condition} -l {option.Name.TrimStart('-')}{(option.Value is { } value ? $" -r {ValuesOf(value)}" : "")}\n");
        }
    }

    private static string ValuesOf(ValueKind kind) => kind switch
    {
        ValueKind.Text => "",
        ValueKind.File => "-F",
        ValueKind.Plan => "-F -a '(pachup complete plan 2>/dev/null)'",
        _ => $"-a '(pachup complete {CompleteCommand.WordOf(kind)} 2>/dev/null)'",
    };
}
