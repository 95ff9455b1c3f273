namespace PachUp.EndToEnd.Tests.Kubernetes;

/// <summary>A test that gives one process another host name, for which Linux wants a privileged user.</summary>
internal sealed class PrivilegedFactAttribute : FactAttribute
{
    public PrivilegedFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Skip = "Only root on Linux can give a process another host name.";
        }
    }
}
