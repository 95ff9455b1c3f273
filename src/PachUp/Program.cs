using PachUp;
using PachUp.Hosting;

if (!FileLimit.IsEnough())
{
    return ExitCode.Failed;
}

StandardDescriptors.EnsureOpen();
return ToolProcess.Run(args);
