using System.Text;

namespace PachUp.Commands.Completions;

/// <summary>The completion of PowerShell 7 and later.</summary>
internal static class PwshCompletion
{
    public static string Write(IReadOnlyList<CommandWords> commands)
    {
        var script = new StringBuilder();
        script.Append("# PowerShell completion of pachup\n$commands = @{\n");
        foreach (var command in commands)
        {
            var options = string.Join("; ", command.Options.Select(option => $"'{option.Name}' = '{(option.Value is { } value ? CompleteCommand.WordOf(value) : "")}'"));
            script.Append($"  '{command.Path}' = @{{ Commands = @({string.Join(", ", command.Commands.Select(name => $"'{name}'"))}); Options = [ordered]@{{ {options} }}; ");
            script.Append($"Argument = '{(command.Argument is { } argument ? CompleteCommand.WordOf(argument) : "")}' }}\n");
        }

        return script.Append(
            """
            }

            # The block takes the table with it, wherever this script is run.
            Register-ArgumentCompleter -Native -CommandName pachup -ScriptBlock {
              param($wordToComplete, $commandAst, $cursorPosition)
              $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | Select-Object -Skip 1 | ForEach-Object { "$_" })
              $path = ''
              foreach ($word in $words) {
                $next = "$path $word".Trim()
                if ($commands.ContainsKey($next)) { $path = $next }
              }
              $command = $commands[$path]
              $kind = if ($words.Count -gt 0) { $command.Options[$words[-1]] }
              $names = @()
              if (-not $kind -and $wordToComplete -like '-*') { $names = @($command.Options.Keys) }
              elseif (-not $kind -and $command.Commands.Count -gt 0) { $names = $command.Commands }
              else {
                if (-not $kind) { $kind = $command.Argument }
                if ($kind -and $kind -notin 'text', 'file') { $names = @(pachup complete $kind 2>$null) }
              }
              $begun = $wordToComplete.Trim("'", '"')
              foreach ($name in $names) {
                if (-not $name.StartsWith($begun, [StringComparison]::Ordinal)) { continue }
                # A name may have blanks and signs that PowerShell would carry out, so it is offered as PowerShell has to read it.
                $text = if ($name -match '^[\w.:@/+-]+$') { $name } else { "'" + $name.Replace("'", "''") + "'" }
                [System.Management.Automation.CompletionResult]::new($text, $name, 'ParameterValue', $name)
              }
              if ($kind -in 'plan', 'file') { [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete) }
            }.GetNewClosure()

            """.ReplaceLineEndings("\n")).ToString();
    }
}
