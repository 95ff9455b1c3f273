using System.ComponentModel;
using System.Diagnostics;
using PachUp.Sdk;

namespace PachUp.Plugins.Buckets.Running;

/// <summary>Runs rclone once. Secrets are in its environment, never among its arguments.</summary>
/// <param name="file">The program.</param>
/// <param name="variables">The variables that define its remotes.</param>
internal sealed class RcloneProcess(string file, IEnumerable<(string Name, string Value)> variables)
{
    /// <summary>The prefix of every variable with which users configure rclone for themselves.</summary>
    private const string OwnVariables = "RCLONE_";

    /// <summary>
    /// Runs it to its end. It ends with PachUp, too: it writes its log each second, and the first line that nobody can read any more ends it.
    /// </summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onOutput">Receives each line of its output.</param>
    /// <param name="onLog">Receives each line of its log.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="StepFailedException">It does not start.</exception>
    public async Task<int> RunAsync(IEnumerable<string> arguments, Action<string> onOutput, Action<string> onLog, CancellationToken cancellationToken)
    {
        using var process = Start(arguments);
        try
        {
            process.StandardInput.Close();
            await Task.WhenAll(
                ReadAsync(process.StandardOutput, onOutput, cancellationToken),
                ReadAsync(process.StandardError, onLog, cancellationToken),
                process.WaitForExitAsync(cancellationToken));
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, ["--config", "", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The user's own settings for rclone could dry-run, filter or delete.
        foreach (var own in start.Environment.Keys.Where(name => name.StartsWith(OwnVariables, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(own);
        }

        MoveCertificates(start.Environment);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new StepFailedException($"{file} does not start: {e.Message}", RcloneProgram.Installation, e);
        }
    }

    /// <summary>With the variable of the AWS tools rclone 1.60 does not start ("unsupported transport"); with that of Go it takes the same certificates.</summary>
    private static void MoveCertificates(IDictionary<string, string?> environment)
    {
        if (environment.Remove("AWS_CA_BUNDLE", out var file) && !string.IsNullOrEmpty(file))
        {
            environment.TryAdd("SSL_CERT_FILE", file);
        }
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> onLine, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            onLine(line);
        }
    }
}
