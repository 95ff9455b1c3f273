namespace PachUp.Engine.Plugins;

/// <summary>A plugin cannot be used; caught by the host, which reports it.</summary>
internal sealed class PluginException(string reason, string remedy, Exception? innerException = null) : Exception(reason, innerException)
{
    public string Remedy => remedy;
}
