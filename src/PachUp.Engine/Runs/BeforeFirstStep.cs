using PachUp.Common.Files;
using PachUp.Engine.State;
using PachUp.Sdk;

namespace PachUp.Engine.Runs;

/// <summary>What is written before a run or a rollback does anything. If it cannot be written, no cluster was changed, and the message says so.</summary>
/// <param name="run">The run.</param>
internal sealed class BeforeFirstStep(RunDirectory run)
{
    /// <exception cref="StepFailedException">A file cannot be written.</exception>
    public void Do(Action write) => Do(() =>
    {
        write();
        return true;
    });

    /// <exception cref="StepFailedException">A file cannot be written.</exception>
    public T Do<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (IOException e)
        {
            throw NotBegun(e);
        }
    }

    /// <exception cref="StepFailedException">A file cannot be written.</exception>
    public async Task<T> DoAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (IOException e)
        {
            throw NotBegun(e);
        }
    }

    private StepFailedException NotBegun(IOException cause) => new(
        $"run {run.Id} did not begin: {cause.Message}",
        "No cluster was changed. "
        + (OpenFiles.AreExhausted(cause)
            ? $"{OpenFiles.Remedy}, then try again."
            : "Check the path, its permissions and the free disk space, then try again. --state-dir selects another directory for runs."),
        cause);
}
