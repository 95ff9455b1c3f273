using PachUp.Sdk;

namespace FuturePlugin;

public sealed class Plugin : IPachUpPlugin
{
    public void Register(object registry)
    {
    }
}
