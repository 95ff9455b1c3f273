using PachUp.Common.Files;

namespace PachUp.Engine.State;

/// <summary>
/// Whether the process of a job has ended by itself. The platform of the job may start it again, for example because it ended with an error: then there is
/// nothing to do for it. If the process was ended from outside, the next one goes on.
/// </summary>
/// <param name="state">The state directory, which all processes of the job share.</param>
/// <param name="id">The id of the job.</param>
public sealed class RemoteJobRecord(StateDirectory state, string id)
{
    private readonly string _path = Path.Combine(state.JobsPath, $"{FileNames.Of(id)}.json");

    /// <summary>The exit code of the process that ended by itself; null if none did.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public int? ExitCode => JsonFile.TryRead<JobEnd>(_path)?.ExitCode;

    /// <summary>Records that the process ends by itself.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void End(int exitCode)
    {
        PrivateDirectory.Create(state.JobsPath);
        JsonFile.Write(_path, new JobEnd(exitCode));
    }

    private sealed record JobEnd(int ExitCode);
}
