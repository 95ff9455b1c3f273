namespace PachUp.Engine.Plugins.Assemblies;

/// <summary>A plugin cannot be used.</summary>
/// <param name="reason">What is wrong with it, in one sentence.</param>
/// <param name="remedy">What to do about it, in one sentence.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class PluginException(string reason, string remedy, Exception? innerException = null) : Exception(reason, innerException)
{
    /// <summary>What to do about it.</summary>
    public string Remedy => remedy;
}
