using System.Runtime.CompilerServices;

namespace PachUp.Packages.Tests;

/// <summary>NuGet tries six times, with a second between, before it says that a source does not answer.</summary>
internal static class ShortRetries
{
    [ModuleInitializer]
    internal static void TryTwice()
    {
        Environment.SetEnvironmentVariable("NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT", "2");
        Environment.SetEnvironmentVariable("NUGET_ENHANCED_NETWORK_RETRY_DELAY_MILLISECONDS", "1");
    }
}
