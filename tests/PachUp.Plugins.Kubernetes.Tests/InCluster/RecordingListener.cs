namespace PachUp.Plugins.Kubernetes.Tests.InCluster;

/// <summary>Keeps what it is told, and can be waited on.</summary>
internal sealed class RecordingListener
{
    private readonly TaskCompletionSource _noticed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Lines { get; } = [];

    public List<string> Notices { get; } = [];

    /// <summary>Ends with the first notice.</summary>
    public Task Noticed => _noticed.Task;

    public void OnLine(string line) => Lines.Add(line);

    public void OnNotice(string notice)
    {
        Notices.Add(notice);
        _noticed.TrySetResult();
    }
}
