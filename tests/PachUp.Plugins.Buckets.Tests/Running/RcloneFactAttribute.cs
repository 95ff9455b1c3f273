namespace PachUp.Plugins.Buckets.Tests.Running;

/// <summary>A test that runs rclone. Without rclone it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RcloneFactAttribute : FactAttribute
{
    public RcloneFactAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "rclone"))))
        {
            Skip = "There is no rclone in the directories of PATH.";
        }
    }
}
