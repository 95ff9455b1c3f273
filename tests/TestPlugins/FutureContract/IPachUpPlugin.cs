namespace PachUp.Sdk;

public interface IPachUpPlugin
{
    void Register(object registry);
}
