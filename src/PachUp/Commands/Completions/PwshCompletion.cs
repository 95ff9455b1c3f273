using System.Text;

namespace PachUp.Commands.Completions;

/// <summary>The completion of PowerShell 7 and later.</summary>
internal static class PwshCompletion
{
    public static string Write(IReadOnlyList<CommandWords> commands)
    {
        var script = new StringBuilder();
        script.Append("# PowerShell completion of pachup\n$PachupCommands = @{\n");
        foreach (var command in commands)
        {
            var options = string.Join("; ", command.Options.Select(option => $"'{option.Name}' = '{(option.Value is { } value ? CompleteCommand.WordOf(value) : "")}'"));
            script.Append($"  '{command.Path}' = @{{ Commands = @({string.Join(", ", command.Commands.Select(name => $"'{name}'"))}); Options = [ordered]@{{ {options} }}; ");
            script.Append($"Argument = '{(command.Argument is { } argument ? CompleteCommand.WordOf(argument) : "")}' }}\n");
        }

        return script.Append(
            """
            }

            Register-ArgumentCompleter -Native -CommandName pachup -ScriptBlock {
              param($wordToComplete, $commandAst, $cursorPosition)
              $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | Select-Object -Skip 1 | ForEach-Object { "$_" })
              $path = ''
              foreach ($word in $words) {
                $next = "$path $word".Trim()
                if ($PachupCommands.ContainsKey($next)) { $path = $next }
              }
              $command = $PachupCommands[$path]
              $previous = if ($words.Count -gt 0) { $words[-1] } else { '' }
              $kind = $command.Options[$previous]
              if ($kind) { $names = if ($kind -in 'text', 'file') { @() } else { @(pachup complete $kind 2>$null) } }
              elseif ($wordToComplete -like '-*') { $names = @($command.Options.Keys) }
              elseif ($command.Commands.Count -gt 0) { $names = $command.Commands }
              elseif ($command.Argument -and $command.Argument -notin 'text', 'file') { $names = @(pachup complete $command.Argument 2>$null) }
              else { $names = @() }
              $names | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }

            """.ReplaceLineEndings("\n")).ToString();
    }
}
